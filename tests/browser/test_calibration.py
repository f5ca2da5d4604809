"""Judging alike in the browser: set up by an officer, judged by two secretaries, compared."""

from collections.abc import Callable

from playwright.sync_api import expect

from studyhub.rounds.grading import Grading
from studyhub.rounds.lifecycle import RoundState
from tests.booklet.shelved import accepted
from tests.browser.people import PHONE, Person
from tests.world import World

AtWork = Callable[..., Person]


def judges(person: Person, number: int, grade: str, remark: str, button: str) -> None:
    """Opens the essay and says what it is worth."""
    person.page.get_by_role("link", name=f"Essay {number}").click()
    person.ticks("Accept")
    person.page.get_by_label("Grade").select_option(label=grade)
    person.types("Overall remark", remark).presses(button)


def sets_it_up(dung: Person, city: World) -> None:
    """One essay from a closed round, two pasted, Binh and Giang invited."""
    dung.opens("/review/").follows("Judging alike")
    dung.page.get_by_role("listitem").filter(has_text="Đợt năm nay").get_by_role("button").click()
    dung.follows("From a closed round").presses("Take this one")
    expect(dung.page.get_by_label("Nhận thức")).to_have_value("Tôi là […], sẽ làm ba việc.")
    dung.presses("Keep the text")
    for text in ("Bài dán thứ hai.", "Bài dán thứ ba."):
        dung.follows("Paste a text").types("Nhận thức", text).presses("Keep the text")
    dung.follows("Choose the invited").ticks(city.binh.full_name).ticks(city.giang.full_name)
    dung.presses("Keep the list").presses("Begin").sees("Begun. The invited have been told.")


def test_two_secretaries_judge_three_essays_and_compare(city: World, at_work: AtWork) -> None:
    old = city.round(title="Đợt năm ngoái")
    lan = city.person("Lò Văn Lợi", city.other_cell)
    city.db.flush()
    accepted(city, lan, old, text="Tôi là Lò Văn Lợi, sẽ làm ba việc.")
    old.state = RoundState.CLOSED
    city.round(title="Đợt năm nay", grading=Grading.BANDS)
    city.db.commit()

    dung = at_work(city.dung)
    sets_it_up(dung, city)
    binh = at_work(city.binh).opens("/notices/").presses("You are invited to judge three essays")
    giang = at_work(city.giang, size=PHONE).opens("/calibrations/").follows("Đợt năm nay")
    for number, grade in ((1, "Good"), (2, "Good")):
        judges(binh, number, grade, f"Bình {number}", "Keep my judgement")
        judges(giang, number, "Good", f"Giang {number}", "Keep my judgement")
    expect(giang.page.get_by_text("Bình 1")).to_have_count(0)
    judges(binh, 3, "Excellent", "Bình 3", "Send and compare")
    judges(giang, 3, "Average", "Giang 3", "Send and compare")

    for person in (binh.opens("/calibrations/").follows("Đợt năm nay"), giang):
        expect(person.page.get_by_text("Far apart: to be discussed")).to_be_visible()
        expect(person.page.get_by_text("Judged alike", exact=True).first).to_be_visible()
        expect(person.page.get_by_text("Bình 3")).to_be_visible()
        expect(person.page.get_by_text("Giang 3")).to_be_visible()
    dung.opens("/calibrations/").follows("Đợt năm nay")
    dung.types("Note of the discussion", "Thống nhất: bài ba đạt khá.").presses("Keep the note")
    expect(dung.page.get_by_role("button", name="Print")).to_be_visible()
    giang.page.reload()
    expect(giang.page.get_by_text("Thống nhất: bài ba đạt khá.")).to_be_visible()
