"""Settles who has attended a round, after a deed on one of its sessions."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion import service as completion
from studyhub.completion.models import Progress
from studyhub.kernel.ids import UserId
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study.models import AT_FIRST, Attendance, Presence
from studyhub.study.repetitions import credit_repetitions, firsts_of
from studyhub.study.rules import has_attended


def settle(
    db: Session,
    round_: StudyRound,
    *,
    now: datetime,
    user_ids: Collection[UserId] | None = None,
) -> None:
    """Bring the marks `attended` and `made_up` of these persons (of all) to what the rows say."""
    db.flush()
    firsts = firsts_of(db, round_)
    if any(firsts.values()):
        credit_repetitions(db, firsts, user_ids=user_ids, now=now)
    marks = _marks(db, round_, user_ids)
    right = _right(db, round_, [one for one, first in firsts.items() if not first], user_ids)
    wanted: dict[tuple[bool, bool], list[UserId]] = defaultdict(list)
    for user, marked in marks.items():
        told = right.get(user, (False, False))
        if told != marked:
            wanted[told].append(user)
    for (attended, made_up), users in wanted.items():
        completion.mark_many(db, round_.id, users, now=now, attended=attended, made_up=made_up)


def _marks(
    db: Session, round_: StudyRound, user_ids: Collection[UserId] | None
) -> dict[UserId, tuple[bool, bool]]:
    wanted = (
        select(Summons.user_id, Progress.attended, Progress.made_up)
        .join(Progress, Progress.summons_id == Summons.id)
        .where(Summons.round_id == round_.id)
    )
    if user_ids is not None:
        wanted = wanted.where(Summons.user_id.in_(user_ids))
    return {user: (attended, made_up) for user, attended, made_up in db.execute(wanted)}


def _right(
    db: Session,
    round_: StudyRound,
    session_ids: Collection[UUID],
    user_ids: Collection[UserId] | None,
) -> dict[UserId, tuple[bool, bool]]:
    """Whether each has attended, and whether only because something was made up."""
    found = {}
    for user, presences in _presences(db, session_ids, user_ids).items():
        attended = has_attended(round_.attendance_rule, session_ids, presences)
        at_first = has_attended(round_.attendance_rule, session_ids, presences, AT_FIRST)
        found[user] = (attended, attended and not at_first)
    return found


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


def held(db: Session, session_id: UUID, user_ids: Collection[UserId]) -> dict[UserId, Attendance]:
    """What is recorded of these persons at the session, held until the transaction ends."""
    rows = db.scalars(
        select(Attendance)
        .where(Attendance.session_id == session_id, Attendance.user_id.in_(user_ids))
        .order_by(Attendance.user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.user_id: row for row in rows}


def take_turns(db: Session, user_ids: Collection[UserId]) -> None:
    """Hold each person's own row, as a check-in does: two deeds about one person take turns."""
    held_people = select(User.id).where(User.id.in_(user_ids)).order_by(User.id)
    db.execute(held_people.with_for_update(key_share=True))
