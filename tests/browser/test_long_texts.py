"""A text that is too long: nothing of it is cut, and it is said beside the field."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.at_the_desk import kept, saves, writes_in
from tests.browser.people import Person
from tests.world import World

LONG = "Tôi nhận thức rõ " * 25_000
"""100,000 words: more than browsers keep in a field with a limit, and than is kept of an essay."""

TOO_LONG = "The essay is too long to be saved"


def pastes(box: Locator, text: str) -> None:
    """As from the clipboard: browsers apply their limits to it, which `fill` goes round."""
    box.focus()
    box.evaluate("(_box, text) => document.execCommand('insertText', false, text)", text)


def test_a_long_paste_is_kept_whole(city: World, at_work: Callable[..., Person]) -> None:
    essay = city.essay(city.an, text="")
    city.db.commit()
    an = at_work(city.an)
    box = writes_in(an, essay)
    fits = LONG[:250_000]

    saves(an, lambda: pastes(box, fits))

    assert kept(city, essay) == fits


def test_100_000_words_are_refused_beside_the_field_and_stay_on_this_machine(
    city: World, at_work: Callable[..., Person]
) -> None:
    essay = city.essay(city.an, text="Đã có.")
    city.db.commit()
    an = at_work(city.an)
    box = writes_in(an, essay)
    box.fill("")

    pastes(box, LONG)

    expect(an.page.locator("[data-wrong]").first).to_contain_text(TOO_LONG)
    assert box.get_attribute("aria-invalid") == "true"
    assert box.input_value() == LONG
    assert LONG not in kept(city, essay)

    box = writes_in(an, essay)  # the page again: the words come from this machine
    assert box.input_value() == LONG
    expect(an.page.locator("[data-wrong]").first).to_contain_text(TOO_LONG)

    saves(an, lambda: box.fill(LONG[:1000]))
    expect(an.page.locator("[data-wrong]").first).to_be_hidden()
    assert kept(city, essay) == LONG[:1000]


def test_without_script_the_page_comes_back_with_every_word(
    city: World, at_work: Callable[..., Person]
) -> None:
    essay = city.essay(city.an, text="")
    city.db.commit()
    an = at_work(city.an, script=False).opens(f"/essays/{essay.id}/edit")
    boxes = an.page.locator("textarea")
    for box in boxes.all():
        box.fill(LONG)

    an.page.get_by_role("button", name="Save draft").click(timeout=60_000)

    an.sees(TOO_LONG)
    assert [box.input_value() for box in boxes.all()] == [LONG] * boxes.count()
