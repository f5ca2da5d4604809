"""Reading in a real browser: the place is kept by itself, the outline follows the eyes."""

import time
from collections.abc import Callable

from studyhub.library import notation, service
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document, Reading
from tests.browser.people import PHONE, Person
from tests.world import NOW, World

AtWork = Callable[..., Person]
PROSE = "Lời văn của phần này. " * 80
TEXT = "\n".join(f"# {number}. Phần {number}\n{PROSE}" for number in ("I", "II", "III", "IV"))


def document(city: World) -> Document:
    """Four parts on one page, each taller than a window."""
    made = service.add_document(
        city.db,
        FrontMatter(number="9-NQ/TW", type=DocumentType.RESOLUTION),
        notation.read(TEXT),
        file_key=None,
        file_name="",
        by=city.actor(city.dung),
        now=NOW,
    )
    city.db.commit()
    return made


def position(city: World, made: Document) -> int | None:
    city.db.rollback()
    city.db.expire_all()
    reading = city.db.get(Reading, (city.an.id, made.id))
    return reading.position if reading else None


def wait_for_place(city: World, made: Document, wanted: int) -> int | None:
    """What is kept in the end; the last message may still be on its way."""
    deadline = time.monotonic() + 10
    while position(city, made) != wanted and time.monotonic() < deadline:
        time.sleep(0.2)
    return position(city, made)


def test_the_outline_follows_and_the_place_is_kept_on_leaving(city: World, at_work: AtWork) -> None:
    made = document(city)
    an = at_work(city.an).opens(f"/library/{made.id}")
    assert position(city, made) is None

    an.page.locator("#iii").evaluate("part => part.scrollIntoView()")
    an.page.locator(".beside [data-entry='2'][aria-current]").wait_for()
    an.opens("/library/")

    assert wait_for_place(city, made, 2) == 2
    an.opens(f"/library/{made.id}").sees("You stopped at: III. Phần III")
    an.follows("Read on where you stopped")
    assert an.page.url.endswith("?part=2#iii")


def test_a_phone_keeps_the_place_while_it_lies_on_the_table(city: World, at_work: AtWork) -> None:
    made = document(city)
    an = at_work(city.an, size=PHONE).opens(f"/library/{made.id}")

    an.page.locator("#ii").evaluate("part => part.scrollIntoView()")

    assert wait_for_place(city, made, 1) == 1
    assert an.page.locator(".beside").is_hidden()
