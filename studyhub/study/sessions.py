"""The sessions of a round are added, changed and removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.words import N_
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.study.attendance import settle
from studyhub.study.models import AgendaItem, Attendance, CalledOff, StudySession, WrongCode


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A line of the agenda."""

    title: str
    starts_at: datetime | None = None
    reporter: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionPlan:
    """What a session is to be."""

    title: str
    starts_at: datetime
    ends_at: datetime
    check_in_opens_at: datetime
    check_in_closes_at: datetime
    place: str = ""
    link: str = ""
    recording_link: str = ""
    reporter: str = ""
    late_after: int = 15
    agenda: Sequence[Topic] = ()


def add(
    db: Session,
    round_: StudyRound,
    wanted: SessionPlan,
    *,
    by: Actor,
    now: datetime,
    made_up_of: StudySession | None = None,
) -> StudySession:
    """Add a session, with its own check-in codes; who had attended all now lacks this one.

    Nobody lacks one that repeats another (`made_up_of`): it is for those who missed that.
    """
    _require_not_closed(round_)
    _require_first(round_, made_up_of)
    session = StudySession(id=new_uuid(), round=round_, made_up_of=made_up_of)
    _set(session, wanted)
    db.add(session)
    log.record(db, Deed.SESSION_PLANNED, session.id, by=by, now=now, round=str(round_.id))
    settle(db, round_, now=now)
    return session


def change(
    db: Session, session: StudySession, wanted: SessionPlan, *, by: Actor, now: datetime
) -> None:
    """Change a session; also while the round is open: halls and links change."""
    _require_not_closed(session.round)
    _set(session, wanted)
    log.record(db, Deed.SESSION_CHANGED, session.id, by=by, now=now)


def remove(db: Session, session: StudySession, *, by: Actor, now: datetime) -> None:
    """Remove a session at which nobody has been recorded."""
    _require_not_closed(session.round)
    if db.scalar(select(Attendance.user_id).where(Attendance.session_id == session.id).limit(1)):
        raise Untimely(N_("Somebody has been recorded at this session; it can no longer go."))
    if db.scalar(select(StudySession.id).where(StudySession.made_up_of_id == session.id).limit(1)):
        raise Untimely(N_("Another session repeats this one; remove that one first."))
    round_ = session.round
    for wrong in db.scalars(select(WrongCode).where(WrongCode.session_id == session.id)):
        db.delete(wrong)
    if round_.state is RoundState.OPEN:
        db.add(_called_off(session, now))
    db.delete(session)
    log.record(db, Deed.SESSION_REMOVED, session.id, by=by, now=now, round=str(round_.id))
    settle(db, round_, now=now)


def _called_off(session: StudySession, now: datetime) -> CalledOff:
    return CalledOff(
        id=session.id,
        round_id=session.round_id,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        called_off_at=now,
    )


def _require_first(round_: StudyRound, first: StudySession | None) -> None:
    if first is not None and (first.round_id != round_.id or first.made_up_of_id is not None):
        raise Unfit(N_("Only a first session of the same round can be repeated."))


def _require_not_closed(round_: StudyRound) -> None:
    if round_.state is RoundState.CLOSED:
        raise Untimely(N_("This study round has been closed."))


def _set(session: StudySession, wanted: SessionPlan) -> None:
    _require_sound(wanted)
    session.title, session.reporter = wanted.title, wanted.reporter
    session.starts_at, session.ends_at = wanted.starts_at, wanted.ends_at
    session.check_in_opens_at = wanted.check_in_opens_at
    session.check_in_closes_at = wanted.check_in_closes_at
    session.late_after = wanted.late_after
    session.place, session.link = wanted.place, wanted.link
    session.recording_link = wanted.recording_link
    _set_agenda(session, wanted.agenda)


def _require_sound(wanted: SessionPlan) -> None:
    if wanted.ends_at <= wanted.starts_at:
        raise Unfit(N_("The session must end after it begins."))
    if wanted.check_in_closes_at <= wanted.check_in_opens_at:
        raise Unfit(N_("Check-in must close after it opens."))
    if not all(is_link(link) for link in (wanted.link, wanted.recording_link) if link):
        raise Unfit(N_("A link begins with https:// or http://."))


def is_link(typed: str) -> bool:
    """Whether it is a web address that a browser may safely be sent to."""
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not typed.split()[1:]


def _set_agenda(session: StudySession, wanted: Sequence[Topic]) -> None:
    rows = list(session.agenda)[: len(wanted)]
    for position, topic in enumerate(wanted):
        if position == len(rows):
            rows.append(AgendaItem(id=new_uuid(), position=position))
        rows[position].title, rows[position].reporter = topic.title, topic.reporter
        rows[position].starts_at = topic.starts_at
    session.agenda = rows
