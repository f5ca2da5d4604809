"""Settles who has attended a round, after a deed on one of its sessions."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion import service as completion
from studyhub.completion.models import Progress
from studyhub.kernel.ids import UserId
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.rules import has_attended


def settle(
    db: Session,
    round_: StudyRound,
    *,
    now: datetime,
    user_ids: Collection[UserId] | None = None,
) -> None:
    """Bring the mark `attended` of these persons (of all on the list) to what the rows say."""
    db.flush()
    marks = _marks(db, round_, user_ids)
    attended = _attended(db, round_, user_ids)
    gained = [user for user, marked in marks.items() if user in attended and not marked]
    lost = [user for user, marked in marks.items() if user not in attended and marked]
    _mark(db, round_, gained, attended=True, now=now)
    _mark(db, round_, lost, attended=False, now=now)


def _mark(
    db: Session, round_: StudyRound, users: list[UserId], *, attended: bool, now: datetime
) -> None:
    if users:
        completion.mark_many(db, round_.id, users, now=now, attended=attended)


def _marks(
    db: Session, round_: StudyRound, user_ids: Collection[UserId] | None
) -> dict[UserId, bool]:
    wanted = (
        select(Summons.user_id, Progress.attended)
        .join(Progress, Progress.summons_id == Summons.id)
        .where(Summons.round_id == round_.id)
    )
    if user_ids is not None:
        wanted = wanted.where(Summons.user_id.in_(user_ids))
    return dict(db.execute(wanted).all())


def _attended(db: Session, round_: StudyRound, user_ids: Collection[UserId] | None) -> set[UserId]:
    session_ids = db.scalars(
        select(StudySession.id).where(StudySession.round_id == round_.id)
    ).all()
    return {
        user
        for user, presences in _presences(db, session_ids, user_ids).items()
        if has_attended(round_.attendance_rule, session_ids, presences)
    }


def _presences(
    db: Session, session_ids: Collection[UUID], user_ids: Collection[UserId] | None
) -> dict[UserId, dict[UUID, Presence]]:
    wanted = select(Attendance.user_id, Attendance.session_id, Attendance.presence).where(
        Attendance.session_id.in_(session_ids)
    )
    if user_ids is not None:
        wanted = wanted.where(Attendance.user_id.in_(user_ids))
    found: dict[UserId, dict[UUID, Presence]] = defaultdict(dict)
    for user_id, session_id, presence in db.execute(wanted):
        found[user_id][session_id] = presence
    return found
