"""Writing without a connection: nothing typed is lost, nothing is shown to somebody else."""

from collections.abc import Callable

import pytest

from studyhub.essays.models import Essay
from tests.browser.at_the_desk import is_shelved, kept, ready, saves, signs_in_there, writes_in
from tests.browser.people import Person
from tests.world import World

AtWork = Callable[..., Person]
COPIES = """() => new Promise((resolve) => {
    const opening = indexedDB.open("studyhub");
    opening.onsuccess = () => {
        const asked = opening.result.transaction("copies").objectStore("copies").getAll();
        asked.onsuccess = () => resolve(asked.result.map(({ changes, texts }) => [changes, texts]));
    };
})"""


@pytest.fixture
def essay(city: World) -> Essay:
    """An empty essay of An's."""
    essay = city.essay(city.an, text="")
    city.db.commit()
    return essay


def test_the_page_opens_without_a_connection_and_sends_when_it_is_back(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an)
    box = writes_in(an, essay)
    is_shelved(an, essay)
    saves(an, lambda: box.press_sequentially("Câu đầu. "))

    an.context.set_offline(True)
    box.press_sequentially("Gõ khi mất mạng. ")
    an.sees("No connection. The text is kept on this machine.").sees("1 change not sent")
    assert kept(city, essay) == "Câu đầu. "

    an.page.reload()
    box = ready(an.page)
    assert box.input_value() == "Câu đầu. Gõ khi mất mạng. "
    box.press_sequentially("Rồi đóng máy.", delay=20)
    an.page.wait_for_timeout(300)
    an.page.close()
    an.page = an.context.new_page()
    an.opens(f"/essays/{essay.id}/edit")
    assert ready(an.page).input_value() == "Câu đầu. Gõ khi mất mạng. Rồi đóng máy."

    an.context.set_offline(False)
    an.sees("Saved at")
    assert kept(city, essay) == "Câu đầu. Gõ khi mất mạng. Rồi đóng máy."


def test_what_was_typed_before_the_page_was_closed_is_sent_from_any_page(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an)
    box = writes_in(an, essay)
    an.context.set_offline(True)
    box.press_sequentially("Đóng lại khi mất mạng.")
    an.sees("No connection")
    an.page.close()
    an.context.set_offline(False)
    an.page = an.context.new_page()

    saves(an, lambda: an.opens("/"))

    assert kept(city, essay) == "Đóng lại khi mất mạng."
    assert an.page.locator("[data-unsent]").is_hidden()


def test_signing_out_with_unsent_words_asks_and_the_next_person_sees_none_of_them(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an)
    box = writes_in(an, essay)
    is_shelved(an, essay)
    an.context.route("**/draft", lambda route: route.abort())
    box.press_sequentially("Điều riêng của An.")
    an.sees("No connection")

    an.opens("/account").sees("1 change to your essay is not sent yet")
    an.presses("Sign out").sees("Part of your essay has not been sent yet")
    an.presses("Stay signed in")
    assert an.page.url.endswith("/account")
    an.presses("Sign out").presses("Sign out, leave it here").sees("You are signed out.")

    assert an.page.evaluate(COPIES) == [[1, None]]  # locked: no words to be read
    assert an.page.evaluate("caches.keys()") == []
    an.signs_in(city.lan)
    assert an.page.locator("[data-unsent]").is_hidden()
    an.opens("/account").presses("Sign out").sees("You are signed out.")
    an.context.unroute("**/draft")
    saves(an, lambda: an.signs_in(city.an))

    assert kept(city, essay) == "Điều riêng của An."
    an.opens("/account").presses("Sign out").sees("You are signed out.")
    assert an.page.evaluate(COPIES) == []


def test_when_the_visit_ends_one_signs_in_over_the_page_and_nothing_moves(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an)
    box = writes_in(an, essay)
    saves(an, lambda: box.fill("Đã lưu trước đó. " * 30))
    an.context.clear_cookies(name="studyhub")

    an.presses("Hand in").sees("Sign in to go on")
    signs_in_there(an, city.an.email or "", "sai").sees("4 attempts left")
    signs_in_there(an, city.an.email or "")

    an.sees("Before you hand in").ticks("I wrote this essay myself").presses("Hand in")
    an.page.wait_for_url("**/receipt/1")


def test_another_person_who_signs_in_there_comes_to_their_own_pages(
    city: World, at_work: AtWork, essay: Essay
) -> None:
    an = at_work(city.an)
    box = writes_in(an, essay)
    an.context.clear_cookies(name="studyhub")
    box.press_sequentially("Chữ của An.")
    an.sees("Your visit has ended")

    signs_in_there(an, city.lan.email or "").sees("Hello, comrade")

    assert "Chữ của An." not in an.page.content()
    assert an.page.evaluate(COPIES) == [[1, None]]
    assert an.page.evaluate("caches.keys()") == []
    assert kept(city, essay) == ""
