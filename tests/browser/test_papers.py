"""An essay that comes from elsewhere, in a real browser: a Word file, and pages written by hand."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import FilePayload, Route

from studyhub.essays.models import Essay
from tests.browser.people import PHONE, Person, violations
from tests.papers import makers, photos
from tests.world import World

AtWork = Callable[..., Person]
LINES = ["Tôi đọc kỹ văn bản.", "Tôi đề nghị rút ngắn thủ tục."]


@pytest.fixture
def essay(city: World) -> Essay:
    """An's, empty, in a round that takes handwriting."""
    round_ = city.round(takes_handwriting=True, min_syllables=5)
    essay = city.essay(city.an, round_=round_, text="")
    city.db.commit()
    return essay


def test_a_word_file_is_checked_and_taken_over(at_work: AtWork, essay: Essay) -> None:
    an = at_work(essay.author, size=PHONE).opens(f"/essays/{essay.id}/edit")
    an.page.locator("form[data-ready]").wait_for()
    an.page.locator("textarea").last.fill("Câu gõ trước khi sang trang khác.")

    an.presses("From a file").sees("Take the text from a file")
    an.page.get_by_label("File with the text").set_input_files(
        _file("Bài của tôi.docx", makers.word(LINES))
    )
    an.presses("Read the file").sees("Check what was read")
    assert violations(an.page) == []
    an.presses("Take it over into the draft").sees("The text is in your draft.")

    assert LINES[0] in an.page.locator("textarea").first.input_value()
    assert "Câu gõ trước" in an.page.locator("textarea").last.input_value()


def test_three_photos_are_put_in_order_and_handed_in(at_work: AtWork, essay: Essay) -> None:
    an = at_work(essay.author, size=PHONE).opens(f"/papers/{essay.id}/pages")
    an.page.set_input_files("#photos", _three())
    an.presses("Add the pages").sees("3 pages, in this order")
    assert _widths(an) == [600, 500, 400]
    assert violations(an.page) == []

    an.presses("Page 3: further to the front").sees("3 pages, in this order")
    assert _widths(an) == [600, 400, 500]
    an.presses("Page 1: take away").sees("2 pages, in this order")
    assert _widths(an) == [400, 500]

    an.follows("Go on to hand in").sees("Handwritten pages (2)").presses("Hand in")
    an.sees("Before you hand in").sees("2 handwritten pages")
    an.ticks("I wrote this essay myself").presses("Hand in").sees("BTH-")
    an.sees("2 handwritten pages").follows("Read what was handed in")
    assert _pages_taken_along(an) == [True, True]


def test_pages_are_dragged_into_another_order(at_work: AtWork, essay: Essay) -> None:
    an = at_work(essay.author).opens(f"/papers/{essay.id}/pages")
    an.page.set_input_files("#photos", _three())
    an.presses("Add the pages").sees("3 pages, in this order")

    cards = an.page.locator("[data-page]")
    with an.page.expect_navigation():
        cards.nth(0).drag_to(cards.nth(1))

    assert _widths(an) == [500, 600, 400]


def test_what_broke_off_is_sent_again_and_what_arrived_is_there(
    at_work: AtWork, essay: Essay
) -> None:
    an = at_work(essay.author).opens(f"/papers/{essay.id}/pages")
    sent: list[Route] = []

    def cut_the_second(route: Route) -> None:
        sent.append(route)
        route.abort() if len(sent) == 2 else route.continue_()

    an.page.route("**/pages", cut_the_second)
    broken = _file("hỏng.jpg", b"not a picture" * 100)
    an.page.set_input_files("#photos", [*_three(), broken])
    an.presses("Add the pages").sees("Show the pages that have arrived")

    assert an.page.get_by_role("button", name="Send again").count() == 1
    an.presses("Send again")
    an.page.get_by_role("button", name="Send again").wait_for(state="detached")
    an.page.get_by_text("arrived", exact=True).nth(2).wait_for()
    an.follows("Show the pages that have arrived").sees("3 pages, in this order")
    assert _widths(an) == [600, 400, 500]


def _pages_taken_along(person: Person) -> list[bool]:
    """The PDF of the pages, opened: whether each stands upright."""
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="All pages as PDF").click()
    pages = pypdfium2.PdfDocument(download.value.path())
    return [page.get_width() < page.get_height() for page in pages]


def _three() -> list[FilePayload]:
    """Upright, held sideways, and a little smaller."""
    sideways = photos.page(size=(800, 500))
    return [
        _file("1.jpg", photos.saved(photos.page(size=(600, 800)))),
        _file("2.jpg", photos.with_camera_data(sideways, orientation=6)),
        _file("3.jpg", photos.saved(photos.page(size=(400, 800)))),
    ]


def _file(name: str, data: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=data)


def _widths(person: Person) -> list[int]:
    pictures = person.page.locator("[data-page] img").all()
    return [int(picture.get_attribute("width") or 0) for picture in pictures]
