"""A quiz is planned by an officer, taken by a member with and without script, and told about."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from studyhub.kernel.clock import StoppedClock
from studyhub.quiz import bank, taking
from studyhub.quiz.models import Attempt, Quiz
from studyhub.quiz.rules import read_places
from studyhub.rounds.models import StudyRound
from tests.quiz.questions import content, fill, quiz_of, right
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World

FORM: dict[str, Any] = {
    "title": "Kiểm tra ngắn",
    "session": "",
    "opens_on": "25/11/2026",
    "opens_at": "08:00",
    "closes_on": "26/11/2026",
    "closes_at": "17:00",
    "part": "Quan điểm",
    "draw-0": "4",
    "pass_mark": "3",
    "minutes": "10",
    "attempts": "2",
    "shuffles_questions": "y",
    "shows_result": "y",
}


@pytest.fixture
def round_(town: World) -> StudyRound:
    """An open round that asks for a quiz and for reading."""
    found = town.round(asks_for_quiz=True, asks_to_attend=False, asks_for_essay=False)
    fill(town)
    town.db.commit()
    return found


@pytest.fixture
def quiz(town: World, round_: StudyRound) -> Quiz:
    """Its quiz: four questions, three right answers pass, ten minutes, two attempts."""
    made = quiz_of(town, round_)
    town.db.commit()
    return made


def begun(town: World, quiz: Quiz, an: Browser) -> Attempt:
    """An has begun."""
    an.visit(f"/quizzes/{quiz.id}")
    an.post(f"/quizzes/{quiz.id}/begin")
    town.db.rollback()
    return town.db.scalars(select(Attempt).where(Attempt.user_id == town.an.id)).one()


def send(browser: Browser, url: str, told: object) -> TestResponse:
    """As the script does."""
    headers = {"Accept": "application/json", "X-CSRF-Token": browser.token()}
    return browser.client.post(url, json=told, headers=headers)


def as_form(attempt: Attempt, *, only: int | None = None) -> dict[str, Any]:
    """The right answers as the fields of the form."""
    fields: dict[str, Any] = {}
    for drawn in attempt.drawn[:only]:
        shown, name = read_places(drawn.shown), f"q-{drawn.position}"
        if drawn.edition.kind == "order":
            fields |= {f"{name}-{at}": str(place) for at, place in enumerate(shown)}
        else:
            fields[name] = [str(shown.index(place)) for place in drawn.edition.places]
    return fields


def test_an_officer_plans_a_quiz_and_looks_at_it_as_a_member(
    town: World, round_: StudyRound, as_: SignIn
) -> None:
    dung = as_(town.dung)
    page = dung.visit(f"/quizzes/of/{round_.id}/new")
    assert "of 6" in page.text

    page = dung.post(f"/quizzes/of/{round_.id}/new", **FORM)

    assert "at least 3 of 4 answers right" in page.text
    made = town.db.scalars(select(Quiz)).one()
    assert len(dung.visit(f"/quizzes/{made.id}/preview").all("fieldset")) == 4
    assert "Kiểm tra ngắn" in as_(town.an).visit(f"/rounds/{round_.id}").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("draw-0", "7", "only 6 questions"),
        ("draw-0", "", "at least one question"),
        ("pass_mark", "5", "at most 4"),
        ("closes_on", "24/11/2026", "must close after it opens"),
        ("part", "Chủ đề cũ", "topics of the bank have changed"),
    ],
)
def test_what_cannot_be_is_refused_with_every_typed_word(
    round_: StudyRound, town: World, as_: SignIn, field: str, typed: str, said: str
) -> None:
    dung = as_(town.dung)
    dung.visit(f"/quizzes/of/{round_.id}/new")

    page = dung.post(f"/quizzes/of/{round_.id}/new", **{**FORM, field: typed})

    assert page.status == 422
    assert said in page.text
    assert page.one("input", name="title")["value"] == "Kiểm tra ngắn"


def test_a_member_takes_it_without_script(town: World, quiz: Quiz, as_: SignIn) -> None:
    an = as_(town.an)
    attempt = begun(town, quiz, an)
    page = an.visit(f"/quizzes/attempts/{attempt.id}")
    assert len(page.all("fieldset")) == 4

    an.post(f"/quizzes/attempts/{attempt.id}/hand-in", do="save", **as_form(attempt, only=1))
    assert "1 of 4 answered" in an.visit(f"/quizzes/attempts/{attempt.id}").text
    page = an.post(f"/quizzes/attempts/{attempt.id}/hand-in", do="hand_in", **as_form(attempt))

    assert "4/4, passed" in page.text
    assert "Theo mục II" not in page.text
    assert "Quiz passed" in an.visit(f"/rounds/{quiz.round_id}").text
    assert "have passed this quiz" in an.visit(f"/quizzes/{quiz.id}").text


def test_empty_answers_are_asked_about_once(town: World, quiz: Quiz, as_: SignIn) -> None:
    an = as_(town.an)
    attempt = begun(town, quiz, an)
    here = f"/quizzes/attempts/{attempt.id}"

    page = an.visit(here) and an.post(f"{here}/hand-in", do="hand_in", **as_form(attempt, only=3))
    assert "1 question has no answer yet" in page.text
    page = an.post(f"{here}/hand-in", do="hand_in", sure="1", **as_form(attempt, only=3))

    assert "3/4, passed" in page.text


def test_a_second_click_is_the_same_attempt_and_a_second_device_too(
    town: World, quiz: Quiz, as_: SignIn
) -> None:
    first, second = as_(town.an), as_(town.an)
    attempt = begun(town, quiz, first)
    begun(town, quiz, second)

    here = f"/quizzes/attempts/{attempt.id}/hand-in"
    second.post(here, do="save", **as_form(attempt))
    first.post(here, do="save")
    second.post(here, do="hand_in")
    page = first.post(here, do="hand_in", sure="1")

    assert "4/4, passed" in page.text


def test_the_script_saves_each_answer_and_a_late_one_is_refused(
    town: World, quiz: Quiz, as_: SignIn, clock: StoppedClock
) -> None:
    an = as_(town.an)
    attempt = begun(town, quiz, an)
    here = f"/quizzes/attempts/{attempt.id}"
    at = int(NOW.timestamp() * 1000)
    sent = {
        str(position): {"places": places, "at": at} for position, places in right(attempt).items()
    }

    answer = send(an, f"{here}/answers", {"answers": sent})
    assert (answer.status_code, answer.get_json()["answered"]) == (200, 4)
    assert send(an, f"{here}/answers", {"answers": {"1": {"places": "x"}}}).status_code == 422
    clock.moment = attempt.ends_at + taking.GRACE + timedelta(seconds=1)
    assert send(an, f"{here}/answers", {"answers": sent}).status_code == 409

    page = an.visit(here)
    assert "4/4, passed" in page.text
    assert "time was up" in page.text
    assert "Theo mục II" not in page.text
    clock.moment = quiz.closes_at
    assert "Theo mục II" in an.visit(here).text


def test_nothing_on_the_page_tells_the_key(town: World, quiz: Quiz, as_: SignIn) -> None:
    an = as_(town.an)
    attempt = begun(town, quiz, an)

    page = an.visit(f"/quizzes/attempts/{attempt.id}")

    assert "Theo mục II" not in page.source
    assert not any(str(drawn.edition_id) in page.source for drawn in attempt.drawn)
    options = {field["value"] for field in page.all("input", type="radio")}
    assert options <= {"0", "1", "2", "3"}


def test_without_a_result_at_once_nobody_is_told_before_the_end(
    town: World, round_: StudyRound, as_: SignIn, clock: StoppedClock
) -> None:
    quiz = quiz_of(town, round_, shows_result=False)
    town.db.commit()
    an = as_(town.an)
    attempt = begun(town, quiz, an)
    here = f"/quizzes/attempts/{attempt.id}"
    page = an.post(f"{here}/hand-in", do="hand_in", **as_form(attempt))
    assert "4/4" not in page.text
    assert "4/4" not in an.visit(f"/quizzes/{quiz.id}").text
    clock.moment = quiz.closes_at

    assert "4/4, passed" in an.visit(here).text


def test_results_tell_of_questions_and_units_and_of_nobody(
    town: World, quiz: Quiz, as_: SignIn
) -> None:
    people = (town.an, town.lan, town.binh, town.giang, town.chi)
    for number, person in enumerate(people):
        if number == 4:
            town.db.commit()
            assert (
                "Not enough answers yet" in as_(town.dung).visit(f"/quizzes/{quiz.id}/results").text
            )
        by = town.actor(person)
        attempt = taking.begin(town.db, quiz, by=by, now=NOW)
        taking.hand_in(town.db, attempt, right(attempt, only=4 - number % 3), by=by, now=NOW)
    town.db.commit()

    page = as_(town.dung).visit(f"/quizzes/{quiz.id}/results")
    assert "Chi bộ Văn phòng" in page.text
    table = as_(town.dung).visit(f"/quizzes/{quiz.id}/results.csv").source
    assert "Câu hỏi số" in table
    assert not any(person.full_name in page.source + table for person in people)


def test_a_text_that_looks_like_a_formula_stays_a_text(
    town: World, round_: StudyRound, as_: SignIn
) -> None:
    dung = town.actor(town.dung)
    bank.add(town.db, town.district, content(7, text="=HYPERLINK(1)", part="X"), by=dung, now=NOW)
    quiz = quiz_of(town, round_, draws={"X": 1}, pass_mark=1)
    for person in (town.an, town.lan, town.binh, town.giang, town.chi):
        by = town.actor(person)
        taking.hand_in(town.db, taking.begin(town.db, quiz, by=by, now=NOW), {}, by=by, now=NOW)
    town.db.commit()

    table = as_(town.dung).visit(f"/quizzes/{quiz.id}/results.csv").source

    assert "'=HYPERLINK(1)" in table
