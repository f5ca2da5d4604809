"""Recordings come to be: taken over from a stream that has ended, or from what arrived whole."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.jobs import service as jobs
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.recordings.models import Recording, RecordingArrival, RecordingState
from studyhub.study.models import StudySession

KIND = "recordings.make"
"""The job that makes a recording streamable."""


def take_over(
    db: Session, session: StudySession, path: Path, *, by: Actor | None, now: datetime
) -> Recording:
    """Make a finished file on this machine the recording of the session.

    The file is the store's from now on: the job moves it there, and makes it streamable.
    Asked for twice with the same file, it is taken over once.
    """
    known = select(Recording).where(
        Recording.session_id == session.id, Recording.taken_from == str(path)
    )
    return db.scalars(known.limit(1)).first() or _add(
        db,
        Recording(
            id=new_uuid(), session=session, title=session.title, file_name=path.name[:1000],
            taken_from=str(path), original_size=path.stat().st_size,
        ),
        by=by,
        now=now,
    )  # fmt: skip


def of_arrival(
    db: Session, session: StudySession, arrival: RecordingArrival, *, by: Actor, now: datetime
) -> Recording:
    """All of it is here: it is a recording from now on, under the id it arrived by."""
    made = Recording(
        id=arrival.id, session=session, topic_id=arrival.topic_id, title=arrival.title,
        file_name=arrival.name, original_size=arrival.size,
    )  # fmt: skip
    db.delete(arrival)
    return _add(db, made, by=by, now=now)


def ask_again(db: Session, recording: Recording, *, now: datetime) -> None:
    """Have it made streamable, once more if need be."""
    recording.state, recording.refusal = RecordingState.IN_WORK, ""
    jobs.ask(db, KIND, now=now, subject_id=recording.id)


def _add(db: Session, recording: Recording, *, by: Actor | None, now: datetime) -> Recording:
    recording.added_by, recording.added_at = UserId(by.user_id) if by else None, now
    db.add(recording)
    db.flush()
    ask_again(db, recording, now=now)
    log.record(
        db, Deed.RECORDING_ADDED, recording.id, by=by, now=now, session=str(recording.session_id),
        bytes=recording.original_size,
    )  # fmt: skip
    return recording
