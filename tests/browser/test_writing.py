"""The writing page under bad luck: two machines, impatient fingers, input methods, a lost visit."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, Route
from sqlalchemy import func, select

from studyhub.essays.models import Essay, KeptDraft, Version
from tests.browser.at_the_desk import signs_in_there
from tests.browser.people import PHONE, Person
from tests.essays.paper import begun
from tests.world import World

AtWork = Callable[..., Person]
PART = "Nhận thức"
LONGER_THAN_A_PAUSE = 2500
WORDS = "Tôi đã đọc kỹ văn bản và thấy việc của mình phải làm nhanh hơn, có số liệu rõ ràng. " * 4


@pytest.fixture
def essay(city: World) -> Essay:
    """An empty essay of An's."""
    essay = city.essay(city.an, text="")
    city.db.commit()
    return essay


def test_two_machines_lose_no_word_of_each_other(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    desk = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    phone = at_work(city.an, size=PHONE).opens(f"/essays/{essay.id}/edit")
    _types_and_saves(desk, "Viết ở cơ quan.")

    _box(phone).press_sequentially("Viết trên điện thoại.")
    phone.sees("changed in another window").presses("See both texts")

    assert _kept(city, essay) == "Viết ở cơ quan."
    phone.sees("Viết ở cơ quan.").sees("Viết trên điện thoại.")

    phone.ticks("Typed in this window").presses("Save my choice").sees("put aside, not deleted")

    assert _kept(city, essay) == "Viết trên điện thoại."
    aside = city.db.scalars(select(KeptDraft).where(KeptDraft.essay_id == essay.id)).all()
    assert [text for one in aside for text in one.draft.values() if text] == ["Viết ở cơ quan."]


def test_who_types_for_a_member_is_told_of_another_window_at_once(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    transcript = begun(city.db, city, essay.round)
    city.db.commit()
    where = f"/essays/typing/{transcript.id}"
    at_work(city.binh).opens(where).page.wait_for_selector("form[data-ready]")

    second = at_work(city.binh, size=PHONE).opens(where)

    second.sees("The essay is open on another machine or in another window too.")


def test_a_double_click_hands_in_once(city: World, at_work: AtWork, essay: Essay) -> None:
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    _box(an).fill(WORDS * 3)

    an.page.get_by_role("button", name="Hand in").dblclick()
    an.sees("Before you hand in").ticks("I wrote this essay myself")
    an.page.get_by_role("button", name="Hand in").dblclick()
    an.sees("BTH-").opens(f"/essays/{essay.id}")

    assert _versions(city, essay) == 1


def test_a_refused_essay_is_a_page_that_can_be_reloaded(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")

    an.presses("Hand in").sees("Every word you typed is still here.")
    _types_and_saves(an, "Thêm một câu.")
    an.page.reload()

    assert an.page.url.endswith("/edit")
    assert _box(an).input_value() == "Thêm một câu."


def test_what_is_typed_before_the_script_has_arrived_is_saved_all_the_same(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    an.page.route("**/draft.js*", hold)
    with an.page.expect_request("**/draft.js*"):
        an.page.goto(f"/essays/{essay.id}/edit", wait_until="commit")
    _box(an).press_sequentially("Viết sớm.")
    assert _kept(city, essay) == ""

    with an.page.expect_response(lambda answer: answer.url.endswith("/draft")):
        held[0].continue_()

    assert _kept(city, essay) == "Viết sớm."


def test_a_word_that_is_being_composed_is_neither_touched_nor_saved(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    sent = _listens(an)
    method = an.context.new_cdp_session(an.page)
    _box(an).press_sequentially("Nghị ")

    for unfinished in ("q", "qu", "quye", "quyê"):
        _composes(method, unfinished)
    an.page.wait_for_timeout(LONGER_THAN_A_PAUSE)

    assert _box(an).input_value() == "Nghị quyê"
    assert sent == []

    with an.page.expect_response(lambda answer: answer.url.endswith("/draft")):
        method.send("Input.insertText", {"text": "quyết"})

    assert _box(an).input_value() == "Nghị quyết"
    assert _kept(city, essay) == "Nghị quyết"


def test_a_save_that_ends_while_a_word_is_composed_sends_no_half_word_after_it(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    sent = _listens(an)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    an.page.route("**/draft", hold)
    method = an.context.new_cdp_session(an.page)

    with an.page.expect_request("**/draft"):
        _box(an).press_sequentially("Nghị ")
    _composes(method, "quyê")
    held.pop().continue_()
    an.sees("Saved at").page.wait_for_timeout(LONGER_THAN_A_PAUSE)

    assert _box(an).input_value() == "Nghị quyê"
    assert len(sent) == 1
    assert _kept(city, essay) == "Nghị "


def test_signing_out_in_another_window_loses_no_word(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    other = an.context.new_page()
    other.goto("/account")
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.get_by_text("You are signed out.").wait_for()

    _box(an).press_sequentially("Gõ khi đã đăng xuất.")
    an.sees("Your visit has ended. The text is kept on this machine.")
    signs_in_there(an, city.an.email or "").sees("Saved at")

    assert _box(an).input_value() == "Gõ khi đã đăng xuất."
    assert _kept(city, essay) == "Gõ khi đã đăng xuất."


def _box(person: Person) -> Locator:
    return person.page.get_by_label(PART, exact=True)


def _types_and_saves(person: Person, text: str) -> None:
    with person.page.expect_response(lambda answer: answer.url.endswith("/draft")):
        _box(person).press_sequentially(text)


def _composes(method: CDPSession, text: str) -> None:
    """As an input method shows a word that is not finished."""
    place = {"selectionStart": len(text), "selectionEnd": len(text)}
    method.send("Input.imeSetComposition", {"text": text, **place})


def _listens(person: Person) -> list[str]:
    """The saves that leave this machine from now on."""
    sent: list[str] = []
    person.page.on(
        "request", lambda asked: sent.append(asked.url) if asked.url.endswith("/draft") else None
    )
    return sent


def _kept(city: World, essay: Essay) -> str:
    city.see(essay)
    return essay.draft.get(str(essay.round.questions[0].id), "")


def _versions(city: World, essay: Essay) -> int:
    city.see(essay)
    counted = select(func.count()).where(Version.essay_id == essay.id)
    return city.db.scalar(counted) or 0
