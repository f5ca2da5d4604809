"""From a Word file to a quiz, taken with the network cut, and to the page of the reporter."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from studyhub.quiz import taking
from studyhub.quiz.models import Attempt, Quiz
from studyhub.rounds.models import StudyRound
from tests.browser.people import PHONE, Person
from tests.quiz.questions import quiz_of, right
from tests.quiz.test_wording import docx
from tests.world import NOW, World

AtWork = Callable[..., Person]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE = docx(
    "Phần I. Quan điểm",
    "Câu 1. Nghị quyết nêu mấy quan điểm?", "A. Ba", [("B. Năm", "b")], "C. Bảy",
    "Câu 2. Ai phải học?", "A. Đảng viên", "B. Khách", "Đáp án: A",
    "Câu 3. Chi bộ họp hằng tháng.", "Đáp án: Đúng",
)  # fmt: skip


def test_from_a_file_to_the_page_of_the_reporter(city: World, at_work: AtWork) -> None:
    round_ = city.round(
        asks_for_quiz=True, asks_to_read=False, asks_to_attend=False, asks_for_essay=False
    )
    city.db.commit()
    dung = at_work(city.dung)
    _import(dung, city)
    _plan(dung, round_)

    an = at_work(city.an, size=PHONE)
    an.opens(f"/rounds/{round_.id}").follows("Open the quiz").presses("Begin the quiz")
    an.page.locator("form[data-ready]").wait_for()
    _answer(an, "Nghị quyết nêu mấy quan điểm?", "Năm")
    expect(an.page.locator("[data-save]")).to_contain_text("Saved at")
    _answer_without_connection(an)
    attempt = _time_is_up(city)
    _answer(an, "Chi bộ họp hằng tháng.", "Đúng")

    an.sees("2/3, passed").sees("time was up")
    an.opens(f"/rounds/{round_.id}").sees("Quiz passed")
    _taken_by_others(city)
    dung.opens(f"/quizzes/{attempt.quiz_id}/results").sees("Misunderstood")
    told = dung.page.locator("main").inner_text()
    assert city.an.full_name not in told
    assert re.search(r"2\s*/6", told)


def _import(dung: Person, city: World) -> None:
    dung.opens(f"/quizzes/bank/{city.district.id}/import")
    dung.page.set_input_files(
        "input[type=file]", {"name": "de.docx", "mimeType": WORD, "buffer": FILE}
    )
    dung.presses("Read the file").sees("Nothing has been written yet")
    dung.presses("Take over the ticked questions").sees("3 questions are in the bank")


def _plan(dung: Person, round_: StudyRound) -> None:
    dung.opens(f"/quizzes/of/{round_.id}/new").types("Name of the quiz", "Kiểm tra ngắn")
    dung.page.fill("#draw-0", "3")
    dung.types("Right answers needed to pass", "2").presses("Save the quiz")
    dung.sees("at least 2 of 3 answers right")


def _answer_without_connection(an: Person) -> None:
    an.context.set_offline(True)
    _answer(an, "Ai phải học?", "Đảng viên")
    expect(an.page.locator("[data-save]")).to_contain_text("kept on this machine")
    expect(an.page.locator("[data-answered]")).to_have_text("2 of 3 answered")
    an.context.set_offline(False)
    expect(an.page.locator("[data-save]")).to_contain_text("Saved at")


def _time_is_up(city: World) -> Attempt:
    city.db.rollback()
    attempt = city.db.scalars(select(Attempt)).one()
    assert attempt.answered == 2
    attempt.ends_at = attempt.began_at = NOW - timedelta(minutes=5)
    city.db.commit()
    return attempt


def test_what_was_not_sent_comes_back_with_the_page(city: World, at_work: AtWork) -> None:
    quiz = quiz_of(city, city.round(asks_for_quiz=True), draws={"Quan điểm": 6})
    city.db.commit()
    an = at_work(city.an)
    an.opens(f"/quizzes/{quiz.id}").presses("Begin the quiz")
    an.page.locator("form[data-ready]").wait_for()
    an.page.route("**/answers", lambda route: route.abort())
    an.page.locator("[data-kind=single] input").first.check()
    expect(an.page.locator("[data-save]")).to_contain_text("kept on this machine")

    an.page.unroute("**/answers")
    an.page.reload()

    expect(an.page.locator("[data-save]")).to_contain_text("Saved at")
    expect(an.page.locator("[data-kind=single] input").first).to_be_checked()
    city.db.rollback()
    assert city.db.scalars(select(Attempt)).one().answered == 1


def test_when_the_time_is_up_the_page_hands_in_by_itself(city: World, at_work: AtWork) -> None:
    quiz = quiz_of(city, city.round(asks_for_quiz=True), minutes=5)
    city.db.commit()
    an = at_work(city.an)
    an.page.clock.install()
    an.opens(f"/quizzes/{quiz.id}").presses("Begin the quiz")
    an.page.locator("form[data-ready]").wait_for()
    expect(an.page.locator("[data-left]")).to_have_text("5 minutes left")

    an.page.clock.run_for(6 * 60_000)

    an.sees("0/4, not passed yet")


def _answer(person: Person, question: str, option: str) -> None:
    """Choose the option with these words under the question."""
    card = person.page.locator("fieldset", has_text=question)
    card.locator("label", has_text=option).locator("input").check()


def _taken_by_others(city: World) -> None:
    city.db.rollback()
    quiz = city.db.scalars(select(Quiz)).one()
    for number, person in enumerate((city.lan, city.binh, city.giang, city.chi, city.hoa)):
        by = city.actor(person)
        attempt = taking.begin(city.db, quiz, by=by, now=NOW)
        answers = right(attempt) if number == 0 else {}
        taking.hand_in(city.db, attempt, answers, by=by, now=NOW)
    city.db.commit()
