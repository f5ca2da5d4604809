"""A recording is named anew, given to a topic, taken away for a day or for good, tried again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.words import N_
from studyhub.recordings import queries, taking
from studyhub.recordings.arrivals import NO_TOPIC
from studyhub.recordings.models import Recording, RecordingState
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.rounds.watched import set_share
from studyhub.study.models import StudySession

HAS_RECORDINGS = N_("This session has recordings. Take them away first.")


def change(
    db: Session, recording: Recording, *, title: str, topic_id: UUID | None, by: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Call it so, and make it the recording of this topic, or of the whole session."""
    if not title.strip():
        raise Unfit(N_("Give the recording a name."), about="title")
    if topic_id and topic_id not in {item.id for item in recording.session.agenda}:
        raise Unfit(NO_TOPIC, about="topic")
    recording.title, recording.topic_id = title.strip()[:200], topic_id
    log.record(db, Deed.RECORDING_CHANGED, recording.id, by=by, now=now)


def remove(db: Session, recording: Recording, *, by: Actor, now: datetime) -> None:
    """Nobody can watch it any more; for a day it can be brought back, then its files go."""
    if recording.removed_at is None:
        recording.removed_at = now
        log.record(db, Deed.RECORDING_REMOVED, recording.id, by=by, now=now)


def bring_back(db: Session, recording: Recording, *, by: Actor, now: datetime) -> None:
    """It is there again, with all that was watched of it."""
    if recording.removed_at is not None:
        recording.removed_at = None
        log.record(db, Deed.RECORDING_BROUGHT_BACK, recording.id, by=by, now=now)


def try_again(db: Session, recording: Recording, *, by: Actor, now: datetime) -> None:
    """Have a recording made anew that could not be made."""
    if recording.state is not RecordingState.FAILED:
        raise Untimely(N_("This recording is being made, or is ready already."))
    taking.ask_again(db, recording, now=now)
    log.record(db, Deed.RECORDING_CHANGED, recording.id, by=by, now=now)


def let_watching_count(
    db: Session, round_: StudyRound, share: int | None, *, by: Actor, now: datetime
) -> None:
    """Decide for a round, also while it is open, from what share on watching counts."""
    if round_.state is RoundState.CLOSED:
        raise Untimely(N_("This study round has been closed."))
    set_share(round_, share)
    log.record(db, Deed.ROUND_CHANGED, round_.id, by=by, now=now, watching_share=share)


def expect_none(db: Session, session: StudySession) -> None:
    """A session with recordings does not go: they would go with it."""
    if queries.any_of(db, session.id):
        raise Untimely(HAS_RECORDINGS)
