"""A session that repeats another for those who missed it: being there makes up the first.

What counts is the presence at the repetition; the record of the first follows from it,
and falls back to what it was when the presence is taken back.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from studyhub.kernel.ids import UserId
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study.models import AT_FIRST, Attendance, Basis, Presence, StudySession
from studyhub.study.rules import PRESENT

Firsts = Mapping[UUID, UUID | None]
"""The sessions of a round, and which one each of them repeats."""


def firsts_of(db: Session, round_: StudyRound) -> Firsts:
    """The sessions of the round, each with the one it repeats."""
    rows = db.execute(
        select(StudySession.id, StudySession.made_up_of_id)
        .where(StudySession.round_id == round_.id)
        .order_by(StudySession.id)
    )
    return dict(rows.all())


def expects(session: StudySession) -> ColumnElement[bool]:
    """Whether a session asks for the person of a summons: a repetition only for who missed it.

    Whoever has a record at the repetition belongs to it, whatever was recorded since.
    """
    if session.made_up_of_id is None:
        return true()
    first, own = aliased(Attendance), aliased(Attendance)
    without = select(first.user_id).where(
        first.session_id == session.made_up_of_id,
        or_(
            first.presence.in_(AT_FIRST),
            and_(first.presence == Presence.MADE_UP, first.basis != Basis.SESSION),
        ),
    )
    recorded = select(own.user_id).where(own.session_id == session.id)
    return or_(Summons.user_id.not_in(without), Summons.user_id.in_(recorded))


def credit_repetitions(
    db: Session, firsts: Firsts, *, user_ids: Collection[UserId] | None, now: datetime
) -> None:
    """Bring the records of the sessions that are repeated to who was at their repetitions."""
    repeated = {first for first in firsts.values() if first}
    held = select(StudySession.id).where(StudySession.id.in_(repeated)).order_by(StudySession.id)
    db.execute(held.with_for_update())
    made_up = {
        (firsts[row.session_id], row.user_id): row
        for row in _rows(db, firsts.keys() - repeated, user_ids)
        if firsts[row.session_id] and row.presence in PRESENT
    }
    recorded = {(row.session_id, row.user_id): row for row in _rows(db, repeated, user_ids)}
    for (first, user_id), row in made_up.items():
        own = recorded.get((first, user_id)) if first else None
        if own is None or own.presence not in PRESENT:
            own = own or Attendance(session_id=first, user_id=user_id)
            by = UserId(row.recorded_by)
            own.record(
                Presence.MADE_UP, basis=Basis.SESSION, basis_id=row.session_id, by=by, now=now
            )
            db.add(own)
    for key, own in recorded.items():
        if own.basis is Basis.SESSION and key not in made_up:
            fall_back(db, own, by=UserId(own.recorded_by), now=now)
    db.flush()


def fall_back(db: Session, row: Attendance, *, by: UserId, now: datetime) -> None:
    """Back to what was recorded of the first round, or to nothing."""
    if row.was is None:
        db.delete(row)
        return
    row.record(row.was, row.reason, by=by, now=now)


def _rows(
    db: Session, session_ids: Collection[UUID], user_ids: Collection[UserId] | None
) -> list[Attendance]:
    wanted = select(Attendance).where(Attendance.session_id.in_(session_ids))
    if user_ids is not None:
        wanted = wanted.where(Attendance.user_id.in_(user_ids))
    return list(
        db.scalars(
            wanted.order_by(Attendance.session_id, Attendance.user_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
