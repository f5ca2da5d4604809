"""Questions and quizzes for the tests of this room."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress
from studyhub.org.models import Unit
from studyhub.quiz import bank, planning, taking
from studyhub.quiz.models import Attempt, Quiz
from studyhub.quiz.planning import QuizPlan
from studyhub.quiz.rules import Content, Kind, read_places
from studyhub.rounds.models import StudyRound, Summons
from tests.world import NOW, World


def content(number: int = 1, kind: Kind = Kind.SINGLE, **changes: object) -> Content:
    """A question whose right answer is its second option (of `multiple`: the first and third)."""
    key = {Kind.SINGLE: (1,), Kind.MULTIPLE: (0, 2), Kind.TRUTH: (0,), Kind.ORDER: ()}[kind]
    options = ("Đúng", "Sai") if kind is Kind.TRUTH else ("một", "hai", "ba", "bốn")
    facts: dict[str, object] = {
        "kind": kind,
        "text": f"Câu hỏi số {number}?",
        "options": options,
        "key": key,
        "explanation": "Theo mục II của nghị quyết.",
        "part": "Quan điểm",
    }
    return Content(**{**facts, **changes})  # type: ignore[arg-type]


def fill(
    world: World, unit: Unit | None = None, *, count: int = 6, part: str = "Quan điểm"
) -> None:
    """So many questions of this part, of every kind in turn."""
    by = world.actor(world.dung)
    kinds = list(Kind)
    for number in range(1, count + 1):
        one = content(number, kinds[number % len(kinds)], part=part)
        bank.add(world.db, unit or world.district, one, by=by, now=NOW)
    world.db.flush()


def wanted(**changes: object) -> QuizPlan:
    """A quiz of four questions in ten minutes, open now; three right answers pass."""
    facts: dict[str, object] = {
        "title": "Kiểm tra ngắn",
        "opens_at": NOW - timedelta(hours=1),
        "closes_at": NOW + timedelta(hours=2),
        "draws": {"Quan điểm": 4},
        "pass_mark": 3,
        "minutes": 10,
        "attempts": 2,
    }
    return QuizPlan(**{**facts, **changes})  # type: ignore[arg-type]


def quiz_of(world: World, round_: StudyRound, **changes: object) -> Quiz:
    """A quiz of the round, drawn from a bank that is there."""
    fill(world)
    by = world.actor(world.dung)
    return planning.plan(world.db, round_, wanted(**changes), by=by, now=NOW)


def right(attempt: Attempt, *, only: int | None = None) -> dict[int, list[int]]:
    """The right answers as they are shown; `only` so many of them."""
    answers = {}
    for drawn in attempt.drawn[:only]:
        shown = read_places(drawn.shown)
        answers[drawn.position] = [shown.index(place) for place in drawn.edition.places]
    return answers


def begin(world: World, round_: StudyRound, **changes: object) -> Attempt:
    """An begins a quiz of the round."""
    quiz = quiz_of(world, round_, **changes)
    return taking.begin(world.db, quiz, by=world.actor(world.an), now=NOW)


def progress_of(db: Session, round_: StudyRound, user_id: object) -> Progress:
    """The person's marks in the round, as the database has them."""
    db.flush()
    db.expire_all()
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .where(Summons.round_id == round_.id, Summons.user_id == user_id)
    ).one()
