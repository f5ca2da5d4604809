"""The review desk in a real browser: two at once, by the keyboard alone, across a reload."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from tests.browser.people import PHONE, Person
from tests.world import NOW, World

AtWork = Callable[..., Person]
REMARK = "Liên hệ cụ thể, cần thêm thời hạn."
COMMENT = "Đồng chí nêu số liệu của quý III."


def two_wait(city: World) -> tuple[Essay, Essay]:
    """An's essay, and Lan's a minute later."""
    an = city.essay(city.an, state=State.SUBMITTED, text="Đoạn một.\nĐoạn hai.")
    lan = city.essay(city.lan, round_=an.round, state=State.SUBMITTED)
    lan.submitted_at = NOW + timedelta(minutes=1)
    city.db.commit()
    return an, lan


def writes(person: Person) -> None:
    """A comment on the first paragraph and the remark; neither is sent or saved."""
    person.page.get_by_text("Comment on this paragraph").first.click()
    person.types("Comment on this paragraph", COMMENT).types("Overall remark", REMARK)


def test_of_two_reviewers_the_second_is_told_and_loses_no_word(
    city: World, at_work: AtWork
) -> None:
    essay, _ = two_wait(city)
    deputy = at_work(city.giang, size=PHONE).opens(f"/review/{essay.id}")
    writes(deputy)
    deputy.ticks("To be completed")
    secretary = at_work(city.binh).opens(f"/review/{essay.id}")
    secretary.sees("Phạm Hương Giang has been reading it since")
    secretary.presses("Read this one all the same").ticks("Accept")
    secretary.presses("Send the result").sees("Nguyễn Văn An: accepted")

    deputy.presses("Send the result")

    deputy.sees("Lê Quang Bình was first: this essay has been accepted.")
    assert deputy.page.get_by_label("Your overall remark, not sent").input_value() == REMARK
    deputy.sees(COMMENT)  # saved as it was typed, and still theirs alone
    deputy.opens(f"/review/{essay.id}").sees("You had typed this here; it was not sent:")
    deputy.sees(REMARK).sees(COMMENT)
    city.see(essay)
    assert essay.state is State.ACCEPTED


def test_what_is_typed_survives_a_reload_until_it_is_sent(city: World, at_work: AtWork) -> None:
    essay, other = two_wait(city)
    binh = at_work(city.binh).opens(f"/review/{essay.id}")
    writes(binh)
    binh.ticks("To be completed")

    binh.opens(f"/review/{other.id}")
    assert binh.page.get_by_label("Overall remark").input_value() == ""
    binh.opens(f"/review/{essay.id}").page.reload()

    binh.sees("What you had typed here and not sent has been put back.")
    assert binh.page.get_by_label("Overall remark").input_value() == REMARK
    binh.sees(COMMENT).sees("not sent yet")  # it was saved as it was typed
    assert binh.page.get_by_label("Overall remark").input_value() == REMARK
    binh.opens(f"/review/{essay.id}")
    assert binh.page.get_by_label("Overall remark").input_value() == REMARK
    assert binh.page.get_by_label("Comment on this paragraph").first.input_value() == ""
    binh.presses("Send the result").sees("Nguyễn Văn An: returned")
    assert kept_on(binh.page) == []


def test_one_can_decide_to_drop_what_was_put_back(city: World, at_work: AtWork) -> None:
    essay, _ = two_wait(city)
    binh = at_work(city.binh).opens(f"/review/{essay.id}")
    writes(binh)
    binh.page.reload()

    binh.presses("Discard it")

    assert binh.page.get_by_label("Overall remark").input_value() == ""
    assert kept_on(binh.page) == []


def test_an_essay_is_reviewed_by_the_keyboard_alone(city: World, at_work: AtWork) -> None:
    essay, other = two_wait(city)
    binh = at_work(city.binh).opens("/review/")

    tabs_to(binh.page, "Begin with the oldest")
    binh.page.keyboard.press("Enter")
    binh.page.wait_for_url(f"**/review/{essay.id}")
    tabs_to(binh.page, "Comment on this paragraph")
    binh.page.keyboard.press("Enter")
    binh.page.keyboard.press("Tab")
    binh.page.keyboard.type(COMMENT)
    tabs_to(binh.page, "Save comment")
    binh.page.keyboard.press("Enter")
    binh.sees("not sent yet")
    binh.page.keyboard.press("Tab")  # goes on from the paragraph, not from the top
    assert focused(binh.page) == "Comment 1"
    tabs_to(binh.page, "Accept")
    binh.page.keyboard.press("ArrowRight")
    tabs_to(binh.page, "Overall remark")
    binh.page.keyboard.type(REMARK)
    tabs_to(binh.page, "Send the result")
    binh.page.keyboard.press("Enter")

    binh.page.wait_for_url(f"**/review/{other.id}")
    binh.sees("Nguyễn Văn An: returned")
    city.see(essay)
    assert essay.state is State.RETURNED


def tabs_to(page: Page, name: str) -> None:
    """Forward with the Tab key until something of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in focused(page):
            return
    raise AssertionError(f"the Tab key does not lead to {name}")


def focused(page: Page) -> str:
    """What has the focus: its label, or else its text."""
    told = "e => e.labels?.[0]?.innerText || e.ariaLabel || e.innerText || ''"
    said: str = page.evaluate(f"({told})(document.activeElement)")
    return said.strip()


def kept_on(page: Page) -> list[str]:
    """What this machine keeps of the desk."""
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return [key for key in keys if key.startswith("studyhub-desk-")]
