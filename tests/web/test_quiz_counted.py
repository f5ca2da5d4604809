"""A quiz counts as its round says: on the first page, the path, the cell's page, the reminders."""

from datetime import timedelta

from sqlalchemy import select

from studyhub.quiz import taking
from studyhub.quiz.models import Quiz
from studyhub.reminding.lacking import Lack
from studyhub.reminding.queries import candidates
from studyhub.rounds.models import LatePolicy, StudyRound
from tests.quiz.questions import quiz_of, right
from tests.web.conftest import SignIn
from tests.world import NOW, World


def asking(town: World, **changes: object) -> Quiz:
    """The quiz of a round that asks for nothing else."""
    round_ = town.round(
        asks_for_quiz=True, asks_to_read=False, asks_to_attend=False, asks_for_essay=False
    )
    quiz = quiz_of(town, round_, **changes)
    town.db.commit()
    return quiz


def passed_by_an(town: World, quiz: Quiz) -> None:
    """An has all right."""
    by = town.actor(town.an)
    attempt = taking.begin(town.db, quiz, by=by, now=NOW)
    taking.hand_in(town.db, attempt, right(attempt), by=by, now=NOW)
    town.db.commit()


def test_the_first_page_leads_to_the_quiz_and_then_has_nothing_left(
    town: World, as_: SignIn
) -> None:
    quiz = asking(town)
    an = as_(town.an)
    page = an.visit("/")
    assert "Pass the quiz of" in page.text
    assert f"/quizzes/{quiz.id}" in page.source

    passed_by_an(town, quiz)

    assert "Quiz passed" in an.visit("/").text
    assert "Pass the quiz of" not in an.visit("/").text


def test_the_cell_sees_who_passed_and_no_answer(town: World, as_: SignIn) -> None:
    quiz = asking(town)
    passed_by_an(town, quiz)

    page = as_(town.binh).visit(f"/completion/{quiz.round_id}/{town.cell.id}")

    assert page.text.count("Quiz not passed yet") == 3
    assert "Câu hỏi số" not in page.source
    assert "attempts" not in page.source


def test_the_committee_sees_how_many_of_how_many(town: World, as_: SignIn) -> None:
    quiz = asking(town)
    passed_by_an(town, quiz)

    page = as_(town.dung).visit(f"/completion/{quiz.round_id}/{town.district.id}")

    assert "Quiz passed1 /6" in page.text


def test_a_session_shows_its_quiz_and_that_of_the_round(town: World, as_: SignIn) -> None:
    quiz = asking(town)
    first, second = town.session(quiz.round), town.session(quiz.round, title="Buổi hai")
    quiz_of(town, quiz.round, title="Của buổi một", session_id=first.id)
    town.db.commit()
    an = as_(town.an)

    assert "Của buổi một" in an.visit(f"/sessions/{first.id}").text
    assert "Của buổi một" not in an.visit(f"/sessions/{second.id}").text
    assert "Pass the quiz" in an.visit(f"/sessions/{second.id}").text


def test_nobody_is_reminded_of_a_quiz_that_cannot_be_taken(town: World) -> None:
    quiz = asking(town, opens_at=NOW + timedelta(hours=1))
    binh = town.actor(town.binh)

    assert candidates(town.db, quiz.round, town.cell.id, by=binh, now=NOW) == []
    later = candidates(town.db, quiz.round, town.cell.id, by=binh, now=NOW + timedelta(minutes=61))

    assert {tuple(one.lacks) for one in later} == {(Lack.QUIZ,)}


def test_a_draft_that_asks_for_a_quiz_cannot_open_without_one(town: World, as_: SignIn) -> None:
    draft = town.round(
        is_open=False, asks_for_quiz=True, asks_to_attend=False, late_policy=LatePolicy.REFUSE
    )
    town.db.commit()
    dung = as_(town.dung)
    page = dung.visit(f"/rounds/{draft.id}/preview")
    assert "Add at least one quiz" in page.text

    assert dung.post(f"/rounds/{draft.id}/open").status == 422
    quiz_of(town, draft)
    town.db.commit()
    dung.post(f"/rounds/{draft.id}/open", status=200)

    assert "Add at least one quiz" not in dung.visit(f"/rounds/{draft.id}").text


def test_a_draft_goes_with_its_quiz_and_a_session_without_it(town: World, as_: SignIn) -> None:
    draft = town.round(is_open=False, asks_for_quiz=True)
    session = town.session(draft)
    quiz = quiz_of(town, draft, session_id=session.id)
    town.db.commit()
    dung = as_(town.dung)
    dung.visit(f"/rounds/{draft.id}")

    dung.post(f"/rounds/sessions/{session.id}/remove", status=200)
    town.db.expire_all()
    assert town.db.get_one(Quiz, quiz.id).session_id is None
    town.db.rollback()
    dung.post(f"/rounds/{draft.id}/discard", status=200)

    town.db.rollback()
    assert town.db.scalars(select(StudyRound)).all() == []
    assert town.db.scalars(select(Quiz)).all() == []
