"""Who of a cell can be reminded of a round, and who was, when, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts.models import User
from studyhub.completion.models import Progress
from studyhub.completion.queries import members_of_cell
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UnitId, UserId
from studyhub.quiz.queries import is_open_in
from studyhub.reminding.lacking import Lack, lacks
from studyhub.reminding.models import Reminder, Way
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One person who owes something: of what they would be reminded, and when they last were."""

    user: User
    lacks: Sequence[Lack]
    last: Reminder | None
    reminded_today: bool
    """A message a day is enough, whatever it was about."""

    @property
    def signs_in(self) -> bool:
        """Whether a notice is likely to be read: they have been here before."""
        return self.user.signed_in_at is not None


def candidates(
    db: Session, round_: StudyRound, cell_id: UnitId, *, by: Actor, now: datetime
) -> list[Candidate]:
    """Everybody else of the cell who owes something in this round, by name; four queries."""
    over = _a_session_is_over(db, round_, now)
    quiz_open = round_.asks_for_quiz and is_open_in(db, round_.id, now)
    owing = [
        (progress, owed)
        for progress in members_of_cell(db, round_.id, cell_id)
        if progress.summons.user_id != by.user_id
        and (owed := _owed(progress, round_, over=over, quiz_open=quiz_open))
    ]
    ids = [UserId(progress.summons.user_id) for progress, _ in owing]
    last, told = _last(db, round_, ids), _told_on(db, ids, by.today)
    return [
        Candidate(
            user=progress.summons.user,
            lacks=owed,
            last=last.get(progress.summons.user_id),
            reminded_today=progress.summons.user_id in told,
        )
        for progress, owed in owing
    ]


def last_reminded(db: Session, round_: StudyRound, cell_id: UnitId) -> datetime | None:
    """When somebody of this cell was last reminded of this round."""
    return db.scalar(
        select(func.max(Reminder.made_at)).where(
            Reminder.round_id == round_.id, Reminder.cell_id == cell_id
        )
    )


def _owed(progress: Progress, round_: StudyRound, *, over: bool, quiz_open: bool) -> list[Lack]:
    return lacks(progress.marks, round_.requirements, session_over=over, quiz_open=quiz_open)


def _a_session_is_over(db: Session, round_: StudyRound, now: datetime) -> bool:
    over = select(StudySession.id).where(
        StudySession.round_id == round_.id, StudySession.ends_at < now
    )
    return db.scalar(over.limit(1)) is not None


def _last(db: Session, round_: StudyRound, ids: Sequence[UserId]) -> dict[UUID, Reminder]:
    """The last reminder of each of these persons in this round."""
    found = db.scalars(
        select(Reminder)
        .where(Reminder.round_id == round_.id, Reminder.user_id.in_(ids))
        .order_by(Reminder.made_at)
        .options(joinedload(Reminder.maker).load_only(User.full_name))
    )
    return {one.user_id: one for one in found}


def _told_on(db: Session, ids: Sequence[UserId], day: date) -> set[UUID]:
    told = select(Reminder.user_id).where(
        Reminder.user_id.in_(ids), Reminder.day == day, Reminder.way == Way.NOTICE
    )
    return set(db.scalars(told))
