"""What came of a quiz: which questions were misunderstood, and how many passed. Never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from studyhub.completion.models import Tally
from studyhub.completion.queries import tallies_below
from studyhub.quiz.models import Attempt, Drawn, QuestionEdition, Quiz
from studyhub.quiz.rules import Kind, is_right, read_places

FEWEST = 5
"""From so many persons on: what fewer have answered would tell what one of them did."""

MISUNDERSTOOD = 50
"""Per cent of right answers under which a question is said to have been misunderstood."""


@dataclass(frozen=True, kw_only=True)
class OptionResult:
    """An option, and how often it was chosen."""

    text: str
    is_right: bool
    chosen: int


@dataclass(frozen=True, kw_only=True)
class QuestionResult:
    """A question as it was asked, and how often it was answered right."""

    edition: QuestionEdition
    asked: int
    right: int
    empty: int
    options: Sequence[OptionResult]

    @property
    def is_misunderstood(self) -> bool:
        """Whether fewer than half of those asked answered it right."""
        return 100 * self.right < MISUNDERSTOOD * self.asked


@dataclass(frozen=True, kw_only=True)
class Results:
    """A quiz in figures. Persons (người), and attempts (lượt) apart from them."""

    attempts: int
    persons: int
    passed: int
    running: int
    questions: Sequence[QuestionResult]
    units: Sequence[Tally]
    whole: Tally | None

    @property
    def are_enough(self) -> bool:
        """Whether so many have taken it that no answer is anybody's."""
        return self.persons >= FEWEST


def of_quiz(db: Session, quiz: Quiz) -> Results:
    """Everything its page shows, in a constant number of queries; the most misunderstood first.

    Computed from the answers: the round keeps figures of who passed, not of questions.
    """
    attempts, persons, running = _counts(db, quiz)
    whole = db.get(Tally, (quiz.round_id, quiz.round.unit_id))
    return Results(
        attempts=attempts,
        persons=persons,
        passed=_passed(db, quiz),
        running=running,
        questions=_questions(db, quiz) if persons >= FEWEST else (),
        units=tallies_below(db, quiz.round_id, whole.path) if whole else (),
        whole=whole,
    )


def _counts(db: Session, quiz: Quiz) -> tuple[int, int, int]:
    """Attempts handed in, by how many persons, and attempts going on."""
    done, persons, begun = db.execute(
        select(
            func.count(Attempt.handed_in_at),
            func.count(Attempt.user_id.distinct()).filter(Attempt.handed_in_at.is_not(None)),
            func.count(Attempt.id),
        ).where(Attempt.quiz_id == quiz.id)
    ).one()
    return done, persons, begun - done


def _passed(db: Session, quiz: Quiz) -> int:
    passed = select(func.count(Attempt.user_id.distinct())).where(
        Attempt.quiz_id == quiz.id, Attempt.passed.is_(True)
    )
    return db.scalar(passed) or 0


def _questions(db: Session, quiz: Quiz) -> list[QuestionResult]:
    rows = db.execute(
        select(Drawn.edition_id, Drawn.answer, func.count())
        .join(Attempt, Attempt.id == Drawn.attempt_id)
        .where(Attempt.quiz_id == quiz.id, Attempt.handed_in_at.is_not(None))
        .group_by(Drawn.edition_id, Drawn.answer)
    ).all()
    answers: dict[UUID, dict[str, int]] = {}
    for edition_id, answer, count in rows:
        answers.setdefault(edition_id, {})[answer] = count
    found = db.scalars(
        select(QuestionEdition)
        .where(QuestionEdition.id.in_(answers))
        .options(joinedload(QuestionEdition.question))
    )
    told = [_question(edition, answers[edition.id]) for edition in found]
    return sorted(told, key=lambda one: (one.right / one.asked, one.edition.text))


def _question(edition: QuestionEdition, answers: dict[str, int]) -> QuestionResult:
    chosen = [0] * len(edition.options)
    right = 0
    for answer, count in answers.items():
        places = read_places(answer)
        right += count if is_right(edition.kind, edition.places, places) else 0
        for place in places if edition.kind is not Kind.ORDER else ():
            chosen[place] += count
    return QuestionResult(
        edition=edition,
        asked=sum(answers.values()),
        right=right,
        empty=answers.get("", 0),
        options=[
            OptionResult(text=text, is_right=place in edition.places, chosen=chosen[place])
            for place, text in enumerate(edition.options)
        ],
    )
