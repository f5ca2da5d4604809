"""The meeting of a session elsewhere: opened, looked into, ended, and who was there."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.live.models import Meeting, Sighting
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study.attendance import settle
from studyhub.study.models import Attendance, Presence, StudySession

APART = timedelta(minutes=3)
"""Looks further apart than this say nothing of the time between them."""


def open_(db: Session, session: StudySession, *, by: Actor, now: datetime) -> Meeting:
    """The room is open: people may come in."""
    meeting = _meeting(db, session)
    meeting.opened_at, meeting.opened_by = now, UserId(by.user_id)
    meeting.ended_at = None
    log.record(db, Deed.MEETING_OPENED, session.id, by=by, now=now)
    return meeting


def end(db: Session, session: StudySession, *, by: Actor | None, now: datetime) -> None:
    """The meeting is over; without `by`, because it was found to have ended there."""
    meeting = _meeting(db, session)
    if meeting.opened_at and not meeting.ended_at:
        meeting.ended_at = now
        log.record(db, Deed.MEETING_ENDED, session.id, by=by, now=now)


def see(db: Session, session_id: UUID, told: Collection[str], *, now: datetime) -> None:
    """Those are in the meeting now; whoever is no person of the round is none of ours."""
    people = _listed(db, session_id, told)
    rows = select(Sighting).where(Sighting.session_id == session_id, Sighting.user_id.in_(people))
    known = {row.user_id: row for row in db.scalars(rows.with_for_update())}
    for person in people:
        row = known.get(person)
        if row is None:
            row = Sighting(session_id=session_id, user_id=person, first_at=now, seconds=0)
            db.add(row)
        elif now - row.last_at <= APART:
            row.seconds += max(int((now - row.last_at).total_seconds()), 0)
        row.last_at = now


def seen(db: Session, session: StudySession, *, minutes: int = 0) -> list[UserId]:
    """Those who were in the meeting so long, and of whom nothing is recorded yet."""
    recorded = select(Attendance.user_id).where(Attendance.session_id == session.id)
    return list(
        db.scalars(
            select(Sighting.user_id)
            .where(
                Sighting.session_id == session.id,
                Sighting.seconds >= minutes * 60,
                Sighting.user_id.not_in(recorded),
            )
            .order_by(Sighting.user_id)
        )
    )


def take_attendance(
    db: Session, session: StudySession, *, minutes: int, by: Actor, now: datetime
) -> int:
    """Record as present online those who were in the meeting so long; what is recorded stands."""
    require_open(session.round)
    people = seen(db, session, minutes=minutes)
    for person in people:
        db.add(
            Attendance(
                session_id=session.id,
                user_id=person,
                presence=Presence.ONLINE,
                reason="",
                recorded_at=now,
                recorded_by=UserId(by.user_id),
            )
        )
    if people:
        facts = {"persons": len(people), "minutes": minutes}
        log.record(db, Deed.MEETING_ATTENDANCE_TAKEN, session.id, by=by, now=now, **facts)
        settle(db, session.round, user_ids=people, now=now)
    return len(people)


def take_recording(
    db: Session, session: StudySession, address: str, *, by: Actor, now: datetime
) -> None:
    """What the conference system recorded is the recording of the session, by its address."""
    session.recording_link = address
    log.record(db, Deed.SESSION_CHANGED, session.id, by=by, now=now)


def _meeting(db: Session, session: StudySession) -> Meeting:
    meeting = db.get(Meeting, session.id, populate_existing=True)
    if meeting is None:
        raise Untimely(N_("This session is not followed in a conference system."))
    return meeting


def _listed(db: Session, session_id: UUID, told: Collection[str]) -> list[UserId]:
    """The people of the list of its round among these ids, whatever else was told."""
    ids = []
    for one in told:
        try:
            ids.append(UUID(one))
        except ValueError:
            continue
    session = db.get_one(StudySession, session_id)
    return list(
        db.scalars(
            select(Summons.user_id)
            .where(
                Summons.round_id == session.round_id,
                Summons.user_id.in_(ids),
                Summons.call != Call.RELEASED,
            )
            .order_by(Summons.user_id)
        )
    )
