"""Settles who has passed the quizzes of a round, after a deed on one of them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion import service as completion
from studyhub.completion.models import Progress
from studyhub.kernel.ids import UserId
from studyhub.quiz.models import Attempt, Quiz
from studyhub.rounds.models import StudyRound, Summons


def settle(
    db: Session,
    round_: StudyRound,
    *,
    now: datetime,
    user_ids: Collection[UserId] | None = None,
) -> None:
    """Bring the mark `quizzed` of these persons (of all on the list) to what the rows say."""
    db.flush()
    wanted = (
        select(Summons.user_id, Progress.quizzed)
        .join(Progress, Progress.summons_id == Summons.id)
        .where(Summons.round_id == round_.id)
    )
    if user_ids is not None:
        wanted = wanted.where(Summons.user_id.in_(user_ids))
    passed = _passed(db, round_, user_ids)
    told = db.execute(wanted).all()
    for right in (True, False):
        wrong = [user for user, marked in told if (user in passed) is right and marked is not right]
        if wrong:
            completion.mark_many(db, round_.id, wrong, now=now, quizzed=right)


def _passed(db: Session, round_: StudyRound, user_ids: Collection[UserId] | None) -> set[UserId]:
    """Who has passed every quiz of the round."""
    quizzes = set(db.scalars(select(Quiz.id).where(Quiz.round_id == round_.id)))
    wanted = select(Attempt.user_id, Attempt.quiz_id).where(
        Attempt.quiz_id.in_(quizzes), Attempt.passed.is_(True)
    )
    if user_ids is not None:
        wanted = wanted.where(Attempt.user_id.in_(user_ids))
    found: dict[UserId, set[UUID]] = defaultdict(set)
    for user_id, quiz_id in db.execute(wanted):
        found[user_id].add(quiz_id)
    return {user for user, passed in found.items() if quizzes and passed == quizzes}
