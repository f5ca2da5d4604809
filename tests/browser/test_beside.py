"""What happens beside the writing: other windows, the deadline, the resolution, large letters."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from studyhub.essays.models import Essay
from tests.browser.at_the_desk import PART, kept, ready, saves, writes_in
from tests.browser.people import PHONE, Person
from tests.world import NOW, World

AtWork = Callable[..., Person]
OPEN_TOO = "open on another machine or in another window too"


@pytest.fixture
def essay(city: World) -> Essay:
    """An empty essay of An's."""
    essay = city.essay(city.an, text="")
    city.db.commit()
    return essay


def test_a_second_machine_is_told_at_once_and_what_was_handed_in_there_is_said(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    desk = at_work(city.an)
    writes_in(desk, essay).page.wait_for_timeout(300)
    assert desk.page.get_by_text(OPEN_TOO).is_hidden()
    phone = at_work(city.an, size=PHONE)
    box = writes_in(phone, essay)
    phone.sees(OPEN_TOO)
    desk.page.reload()
    saves(desk, lambda: ready(desk.page).fill("Viết ở cơ quan. " * 40))
    desk.sees(OPEN_TOO)

    desk.presses("Hand in")
    desk.ticks("I wrote this essay myself").presses("Hand in").sees("BTH-")
    box.press_sequentially("Gõ thêm trên điện thoại.")

    phone.sees("handed in: from another window").sees("1 change not sent")
    assert phone.page.get_by_role("button", name="See both texts").is_hidden()
    assert box.input_value() == "Gõ thêm trên điện thoại."


def test_ten_and_two_minutes_before_the_deadline_are_said_and_its_passing_too(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    essay.round.closes_at = NOW + timedelta(minutes=10, seconds=20)
    essay.round.late_until = NOW + timedelta(days=1)
    city.db.commit()
    an = at_work(city.an)
    an.page.clock.install()
    an.page.route("**/here*", lambda route: route.abort())  # the server's clock stands still
    box = writes_in(an, essay)
    an.page.wait_for_timeout(300)
    assert an.page.locator("[data-deadline]").is_hidden()

    box.press_sequentially("Viết đến phút cuối.")
    an.page.clock.fast_forward(30_000)
    an.sees("Ten minutes are left until the deadline at 09:10.")
    an.page.clock.fast_forward(8 * 60_000)
    an.sees("Two minutes are left")
    an.page.clock.fast_forward(2 * 60_000)

    an.sees("The deadline has passed. What you wrote is saved. You can still hand in until")
    assert box.input_value() == kept(city, essay) == "Viết đến phút cuối."


def test_words_corrected_by_backspacing_as_unikey_does_stay_as_they_are(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    """It sends Backspace and the right letters as ordinary keys, while saves come and go."""
    an = at_work(city.an)
    box = writes_in(an, essay)
    typed = [("Nghi", 1, "ị"), (" quyet", 2, "ết"), (" cua", 2, "ủa"), (" Dang", 4, "Đảng")] * 4

    def types() -> None:
        for letters, back, right in typed:
            box.press_sequentially(letters)
            for _ in range(back):
                an.page.keyboard.press("Backspace")
            an.page.keyboard.insert_text(right)
            an.page.wait_for_timeout(150)

    saves(an, types)
    an.sees("Saved at").page.wait_for_timeout(2000)

    assert box.input_value() == "Nghị quyết của Đảng" * 4
    assert kept(city, essay) == "Nghị quyết của Đảng" * 4


def test_a_passage_is_quoted_with_its_reference_and_letters_are_large_where_wanted(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an, size=PHONE)
    writes_in(an, essay)
    an.presses("Large letters, one part at a time")
    box = ready(an.page)
    assert box.evaluate("area => parseFloat(getComputedStyle(area).fontSize)") >= 20
    assert an.page.locator(".sheet:visible").count() == 1

    an.follows("Next part")
    second = an.page.locator(".sheet:visible textarea")
    second.fill("Như đã nêu:")
    passage = an.page.locator("[data-source] > p").first
    passage.click()
    saves(an, lambda: an.presses("Quote in “"))

    quoted = f"Như đã nêu: «{passage.inner_text()}» (Resolution No. 52-NQ/TW, I)"
    assert second.input_value() == quoted
    an.page.keyboard.press("Control+z")
    assert second.input_value() == "Như đã nêu:"


def test_without_script_two_texts_are_settled_by_radio_buttons(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    phone = at_work(city.an, size=PHONE, script=False).opens(f"/essays/{essay.id}/edit")
    desk = at_work(city.an, script=False).opens(f"/essays/{essay.id}/edit")
    desk.types(PART, "Chung.\nỞ cơ quan.\nHết.").presses("Save draft")
    phone.types(PART, "Chung.\nTrên điện thoại.\nHết.").presses("Save draft")

    phone.sees("paragraph by paragraph").ticks("Both, one after the other")
    phone.presses("Save my choice")

    assert kept(city, essay) == "Chung.\nTrên điện thoại.\nỞ cơ quan.\nHết."
