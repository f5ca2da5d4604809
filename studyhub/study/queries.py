"""Questions about sessions, readings, and a member's own rounds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from studyhub.completion.models import Progress, Tally
from studyhub.kernel.ids import DocumentId, RoundId
from studyhub.library.models import Reading
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.rules import PRESENT


@dataclass(frozen=True)
class MySession:
    """A session, and what is recorded about the person there."""

    session: StudySession
    attendance: Attendance | None

    @property
    def presence(self) -> Presence | None:
        """How the person was there; None while nothing is recorded."""
        return self.attendance.presence if self.attendance else None

    @property
    def is_attended(self) -> bool:
        """Whether it counts as attended."""
        return self.presence in PRESENT


def my_rounds(db: Session, user_id: UUID) -> Sequence[Progress]:
    """The person's rounds with their own marks: open ones first, nearest deadline first.

    Each carries its summons and its round; rounds they were released from are left out.
    """
    rows = db.scalars(
        select(Progress)
        .join(Progress.summons)
        .join(Summons.round)
        .where(
            Summons.user_id == user_id,
            Summons.call != Call.RELEASED,
            StudyRound.state != RoundState.DRAFT,
        )
        .options(contains_eager(Progress.summons).contains_eager(Summons.round))
    )
    return sorted(rows, key=_open_first)


def sessions_around(db: Session, user_id: UUID, now: datetime) -> Sequence[StudySession]:
    """The sessions the person is summoned to within a day before or after, in order of time."""
    summoned = select(Summons.round_id).where(
        Summons.user_id == user_id, Summons.call != Call.RELEASED
    )
    return db.scalars(
        select(StudySession)
        .join(StudySession.round)
        .where(
            StudySession.round_id.in_(summoned),
            StudyRound.state == RoundState.OPEN,
            StudySession.ends_at > now - timedelta(days=1),
            StudySession.starts_at < now + timedelta(days=1),
        )
        .order_by(StudySession.starts_at)
    ).all()


def my_round(db: Session, round_id: RoundId, user_id: UUID) -> Progress | None:
    """The person's marks in one round; None when they are not on its list."""
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .where(
            Summons.round_id == round_id,
            Summons.user_id == user_id,
            Summons.call != Call.RELEASED,
        )
        .options(contains_eager(Progress.summons).joinedload(Summons.cell, innerjoin=True))
    ).one_or_none()


def my_sessions(
    db: Session, user_id: UUID, round_ids: Collection[UUID]
) -> Mapping[RoundId, Sequence[MySession]]:
    """The sessions of each of these rounds in order of time, with the person's own record."""
    rows = db.execute(
        select(StudySession, Attendance)
        .outerjoin(
            Attendance,
            and_(Attendance.session_id == StudySession.id, Attendance.user_id == user_id),
        )
        .where(StudySession.round_id.in_(round_ids))
        .order_by(StudySession.starts_at, StudySession.id)
    )
    found: dict[RoundId, list[MySession]] = {}
    for session, attendance in rows:
        found.setdefault(session.round_id, []).append(MySession(session, attendance))
    return found


def of_round(db: Session, round_: StudyRound) -> Sequence[StudySession]:
    """The sessions of a round in order of time, with their agenda at hand."""
    return db.scalars(
        select(StudySession)
        .where(StudySession.round_id == round_.id)
        .options(selectinload(StudySession.agenda))
        .order_by(StudySession.starts_at, StudySession.id)
    ).all()


def attendance_of(db: Session, session: StudySession, user_id: UUID) -> Attendance | None:
    """What is recorded about the person at the session."""
    return db.get(Attendance, (session.id, user_id))


def readings(
    db: Session, user_id: UUID, document_ids: Iterable[DocumentId]
) -> Mapping[DocumentId, Reading]:
    """How far the person is in each of these documents."""
    rows = db.scalars(
        select(Reading).where(
            Reading.user_id == user_id, Reading.document_id.in_(list(document_ids))
        )
    )
    return {row.document_id: row for row in rows}


def figures_of(db: Session, rounds: Iterable[StudyRound]) -> Mapping[RoundId, Tally]:
    """The figures of each round as a whole: those of the unit that holds it."""
    held_by = {round_.id: round_.unit_id for round_ in rounds}
    rows = db.scalars(
        select(Tally).where(Tally.round_id.in_(held_by), Tally.unit_id.in_(set(held_by.values())))
    )
    return {row.round_id: row for row in rows if held_by[row.round_id] == row.unit_id}


def _open_first(progress: Progress) -> tuple[bool, float]:
    round_ = progress.summons.round
    is_open = round_.state is RoundState.OPEN
    deadline = round_.closes_at.timestamp()
    return not is_open, deadline if is_open else -deadline
