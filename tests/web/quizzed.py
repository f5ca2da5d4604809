"""The quizzes of the province: a question in each bank, a quiz in some rounds, attempts."""

from datetime import timedelta
from typing import TYPE_CHECKING

from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor
from studyhub.org.models import Unit
from studyhub.quiz import bank, planning, taking
from studyhub.quiz.models import Attempt, BankQuestion, Quiz
from studyhub.quiz.rules import Content, Kind
from studyhub.rounds.models import StudyRound
from tests.things import NOW, TODAY

if TYPE_CHECKING:
    from tests.web.province import Province

EARLIER = NOW - timedelta(minutes=30)


def add(province: "Province") -> None:
    """Put them there, and tell the table what they are called."""
    questions = {
        "the district's": _question(province, province.district),
        "beside's": _question(province, province.beside),
    }
    rounds = province.things["round_id"]
    quizzes = {
        name: _quiz(province, province.db.get_one(StudyRound, rounds[name]))
        for name in ("open", "draft", "beside")
    }
    attempts = {
        "An's": _attempt(province, quizzes["open"], province.an),
        "Hoa's": _attempt(province, quizzes["open"], province.hoa),
        "Mai's": _attempt(province, quizzes["beside"], province.mai),
    }
    province.things |= {
        "question_id": {name: question.id for name, question in questions.items()},
        "quiz_id": {name: quiz.id for name, quiz in quizzes.items()},
        "attempt_id": {name: attempt.id for name, attempt in attempts.items()},
    }


def _question(province: "Province", unit: Unit) -> BankQuestion:
    content = Content(
        kind=Kind.SINGLE,
        text="Câu hỏi?",
        options=("một", "hai"),
        key=(1,),
        explanation=f"vì sao: {unit.name}",
    )
    return bank.add(province.db, unit, content, by=_actor(province.dung), now=EARLIER)


def _quiz(province: "Province", round_: StudyRound) -> Quiz:
    wanted = planning.QuizPlan(
        title="Kiểm tra ngắn",
        opens_at=NOW - timedelta(hours=1),
        closes_at=NOW + timedelta(hours=1),
        draws={"": 1},
        pass_mark=1,
    )
    return planning.plan(province.db, round_, wanted, by=_actor(province.dung), now=EARLIER)


def _attempt(province: "Province", quiz: Quiz, person: User) -> Attempt:
    return taking.begin(province.db, quiz, by=_actor(person), now=EARLIER)


def _actor(person: User) -> Actor:
    return Actor(user_id=person.id, today=TODAY)
