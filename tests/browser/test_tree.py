"""The tree: its branches open where they stand, by mouse and by keyboard, and without script."""

from collections.abc import Callable

from playwright.sync_api import expect

from studyhub.org.models import Unit, UnitKind
from tests.browser.people import Person
from tests.world import LONG_AGO, World

AtWork = Callable[..., Person]


def communes(world: World) -> None:
    """Forty of them, each with four cells: more than are shown at once."""
    for number in range(3, 43):
        commune = Unit(
            path=f"1/{number}/", kind=UnitKind.PARTY_ORG, name=f"Đảng bộ xã số {number}",
            parent=world.district, since=LONG_AGO,
        )  # fmt: skip
        for place in range(1, 5):
            world.db.add(
                Unit(
                    path=f"1/{number}/{place}/", kind=UnitKind.CELL, name=f"Thôn {number}.{place}",
                    parent=commune, since=LONG_AGO,
                )
            )  # fmt: skip
    world.db.commit()


def test_a_branch_opens_where_it_stands(city: World, at_work: AtWork) -> None:
    communes(city)
    page = at_work(city.dung).opens("/org/").page
    twig = page.get_by_role("button", name="Units below Đảng bộ xã số 7")
    cell = page.get_by_role("link", name="Thôn 7.2")
    expect(twig).to_have_attribute("aria-expanded", "false")

    twig.focus()
    page.keyboard.press("Enter")

    expect(cell).to_be_visible()
    expect(twig).to_have_attribute("aria-expanded", "true")
    expect(twig).to_be_focused()
    page.keyboard.press("Space")
    expect(cell).to_be_hidden()
    assert page.url.endswith("/org/")


def test_what_is_open_can_be_closed(city: World, at_work: AtWork) -> None:
    communes(city)
    page = at_work(city.dung).opens("/org/").page
    below = page.get_by_role("link", name="Đảng bộ xã số 7")
    expect(below).to_be_visible()

    page.get_by_role("button", name="Units below Đảng bộ Sở Mẫu").click()

    expect(below).to_be_hidden()
