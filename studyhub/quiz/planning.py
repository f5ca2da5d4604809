"""A quiz of a round is planned, changed, removed.

The window can be moved at any time. Whatever else is changed holds for those
who begin later: an attempt keeps the rules it was begun under.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.quiz import pools
from studyhub.quiz.models import Quiz, QuizEdition
from studyhub.quiz.queries import was_begun
from studyhub.quiz.standing import settle
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession

MOST_QUESTIONS = 100


@dataclass(frozen=True, kw_only=True)
class QuizPlan:
    """What a quiz is to be; `draws`: so many questions of each part of the bank."""

    title: str
    opens_at: datetime
    closes_at: datetime
    draws: Mapping[str, int]
    pass_mark: int
    minutes: int = 0
    attempts: int = 1
    shuffles_questions: bool = True
    shuffles_options: bool = True
    shows_result: bool = True
    session_id: UUID | None = None

    @property
    def total(self) -> int:
        """How many questions one is asked."""
        return sum(self.draws.values())

    @property
    def rules(self) -> dict[str, object]:
        """What is kept in an edition."""
        names = ("minutes", "pass_mark", "attempts")
        switches = ("shuffles_questions", "shuffles_options", "shows_result")
        draws = {part: count for part, count in self.draws.items() if count}
        return {"draws": draws, **{name: getattr(self, name) for name in (*names, *switches)}}


def plan(db: Session, round_: StudyRound, wanted: QuizPlan, *, by: Actor, now: datetime) -> Quiz:
    """Add a quiz; who had passed all quizzes of the round now lacks this one."""
    _require_not_closed(round_)
    _require_sound(db, round_, wanted)
    quiz = Quiz(id=new_uuid(), round=round_, created_by=UserId(by.user_id), created_at=now)
    _set(quiz, wanted, by=by, now=now)
    db.add(quiz)
    db.flush()
    log.record(db, Deed.QUIZ_PLANNED, quiz.id, by=by, now=now, round=str(round_.id))
    settle(db, round_, now=now)
    return quiz


def change(db: Session, quiz: Quiz, wanted: QuizPlan, *, by: Actor, now: datetime) -> None:
    """Change it; what was begun goes on under the rules it was begun under."""
    _require_not_closed(quiz.round)
    _require_sound(db, quiz.round, wanted)
    _set(quiz, wanted, by=by, now=now)
    db.flush()
    log.record(db, Deed.QUIZ_CHANGED, quiz.id, by=by, now=now, edition=quiz.rules.number)


def remove(db: Session, quiz: Quiz, *, by: Actor, now: datetime) -> None:
    """Remove a quiz that nobody has begun."""
    _require_not_closed(quiz.round)
    if was_begun(db, quiz):
        raise Untimely(N_("Somebody has begun this quiz; it can no longer be removed."))
    round_ = quiz.round
    log.record(db, Deed.QUIZ_REMOVED, quiz.id, by=by, now=now, round=str(round_.id))
    db.delete(quiz)
    settle(db, round_, now=now)


def _set(quiz: Quiz, wanted: QuizPlan, *, by: Actor, now: datetime) -> None:
    quiz.title, quiz.session_id = wanted.title, wanted.session_id
    quiz.opens_at, quiz.closes_at = wanted.opens_at, wanted.closes_at
    before = quiz.rules if quiz.editions else None
    if before and all(getattr(before, name) == value for name, value in wanted.rules.items()):
        return
    quiz.editions.append(
        QuizEdition(
            id=new_uuid(),
            number=before.number + 1 if before else 1,
            made_by=UserId(by.user_id),
            made_at=now,
            **wanted.rules,
        )
    )


def _require_not_closed(round_: StudyRound) -> None:
    if round_.state is RoundState.CLOSED:
        raise Untimely(N_("This study round has been closed."))


def _require_sound(db: Session, round_: StudyRound, wanted: QuizPlan) -> None:
    if wanted.closes_at <= wanted.opens_at:
        raise Unfit(N_("The quiz must close after it opens."), about="closes_on")
    if not 0 < wanted.total <= MOST_QUESTIONS:
        raise Unfit(N_("Draw at least one question, and at most 100."), about="draws")
    if not 0 < wanted.pass_mark <= wanted.total:
        raise Unfit(
            N_("To pass there must be at least one right answer, and at most %(total)s."),
            about="pass_mark",
            total=wanted.total,
        )
    _require_in_the_bank(db, round_, wanted)
    _require_own_session(db, round_, wanted)


def _require_in_the_bank(db: Session, round_: StudyRound, wanted: QuizPlan) -> None:
    there = pools.counts(db, round_.unit_id)
    for part, count in wanted.draws.items():
        if count > there.get(part, 0):
            raise Unfit(
                N_("The bank has only %(there)s questions of “%(part)s”."),
                about="draws",
                there=there.get(part, 0),
                part=part,
            )


def _require_own_session(db: Session, round_: StudyRound, wanted: QuizPlan) -> None:
    if wanted.session_id is None:
        return
    session = db.get(StudySession, wanted.session_id)
    if session is None or session.round_id != round_.id:
        raise Unfit(N_("Choose a session of this round."), about="session")
