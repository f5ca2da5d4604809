"""A quiz for the walk over all pages: one attempt going on, others over and told about."""

from datetime import timedelta

from sqlalchemy import select

from studyhub.quiz import taking
from studyhub.quiz.models import BankQuestion
from studyhub.rounds.models import StudyRound
from tests.quiz.questions import quiz_of, right
from tests.world import NOW, World


def quizzed(city: World, round_: StudyRound) -> dict[str, object]:
    """An is at it; Lan and four others have handed in, so that results are shown."""
    quiz = quiz_of(city, round_, draws={"Quan điểm": 6})
    earlier = NOW - timedelta(minutes=40)
    for person in (city.binh, city.giang, city.chi, city.hoa, city.lan):
        by = city.actor(person)
        over = taking.begin(city.db, quiz, by=by, now=earlier)
        taking.hand_in(city.db, over, right(over, only=3), by=by, now=earlier)
    attempt = taking.begin(city.db, quiz, by=city.actor(city.an), now=NOW)
    question = city.db.scalars(select(BankQuestion).limit(1)).one()
    return {
        "quiz": quiz.id, "attempt": attempt.id, "over": over.id, "question": question.id,
    }  # fmt: skip
