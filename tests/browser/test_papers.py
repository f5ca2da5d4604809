"""An essay that comes from elsewhere, in a real browser: a Word file, and pages written by hand."""

import hashlib
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Route
from sqlalchemy import Engine, select

from studyhub.essays.models import Essay
from studyhub.essays.page import Page
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.papers import arrivals, developing
from studyhub.papers.models import Arrival
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.browser.people import PHONE, Person, violations
from tests.browser.server import Server
from tests.papers import makers, photos
from tests.world import NOW, World

AtWork = Callable[..., Person]
LINES = ["Tôi đọc kỹ văn bản.", "Tôi đề nghị rút ngắn thủ tục."]


@pytest.fixture
def essay(city: World) -> Essay:
    """An's, empty, in a round that takes handwriting."""
    round_ = city.round(takes_handwriting=True, min_syllables=5)
    essay = city.essay(city.an, round_=round_, text="")
    city.db.commit()
    return essay


@pytest.fixture
def dark(server: Server, walked: Engine) -> Runner:
    """The background work beside the server, which does none of its own in a walk."""
    return Runner(
        Tools(
            engine=walked,
            clock=StoppedClock(NOW),
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
            files=FileStore(server.folder / "files"),
            settings=Settings(secret_key="walks", database_url=server.database),
        ),
        [developing.HANDLER],
        [],
    )


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


def test_three_photos_are_put_in_order_and_handed_in(
    at_work: AtWork, essay: Essay, dark: Runner
) -> None:
    an = at_work(essay.author, size=PHONE).opens(f"/papers/{essay.id}/pages")
    an.page.set_input_files("#photos", _three())
    an.presses("Add the pages").sees("3 pages, in this order")
    _ready(an, 3, dark)
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


def test_photos_that_are_chosen_are_on_their_way_without_another_press(
    at_work: AtWork, essay: Essay
) -> None:
    an = at_work(essay.author, size=PHONE).opens(f"/papers/{essay.id}/pages")

    an.page.set_input_files("#photos", _three())

    an.sees("3 pages, in this order")


def test_pages_are_dragged_into_another_order(at_work: AtWork, essay: Essay, dark: Runner) -> None:
    an = at_work(essay.author).opens(f"/papers/{essay.id}/pages")
    an.page.set_input_files("#photos", _three())
    an.presses("Add the pages").sees("3 pages, in this order")
    _ready(an, 3, dark)

    cards = an.page.locator("[data-page]")
    with an.page.expect_navigation():
        cards.nth(0).drag_to(cards.nth(1))

    assert _widths(an) == [500, 600, 400]


def test_the_network_cut_in_the_middle_and_a_reload_lose_nothing(
    at_work: AtWork, essay: Essay, city: World, dark: Runner
) -> None:
    an = at_work(essay.author, size=PHONE).opens(f"/papers/{essay.id}/pages")
    large = [photos.saved(_noisy(seed), quality=95) for seed in (1, 2)]
    assert all(len(one) > 3 * arrivals.PIECE for one in large)
    whole: dict[str, bytes] = {}
    an.page.route("**/photos/*at=*", _cut_at_the_third(an))
    an.page.set_input_files("#photos", [_file(f"{n}.jpg", one) for n, one in enumerate(large)])
    an.presses("Add the pages").sees("it goes on by itself when the connection is back")
    came = _so_far(city, essay)
    assert 0 < came < len(large[0])

    an.context.set_offline(False)
    an.page.unroute("**/photos/*at=*")
    an.page.route("**/photos/*at=*", lambda route: _keep(route, whole))
    an.page.reload()
    an.sees("2 pages, in this order")

    city.db.rollback()
    arrived = city.db.scalars(select(Arrival).order_by(Arrival.name)).all()
    assert [dark.tools.files.arriving.read(one.id) for one in arrived] == large
    _ready(an, 2, dark)
    city.db.rollback()
    pages = city.db.scalars(select(Page).order_by(Page.position)).all()
    assert [page.source for page in pages] == [hashlib.sha256(one).hexdigest() for one in large]
    assert sum(map(len, whole.values())) <= sum(map(len, large)) - came
    assert an.page.evaluate(LEFT) == 0


LEFT = """() => new Promise((done) => {
  const opened = indexedDB.open("studyhub-photos");
  opened.onsuccess = () => {
    const asked = opened.result.transaction("photos").objectStore("photos").count();
    asked.onsuccess = () => done(asked.result);
  };
})"""


def _cut_at_the_third(person: Person) -> Callable[[Route], None]:
    """The network goes while the third piece is on its way."""
    pieces: list[str] = []

    def watch(route: Route) -> None:
        pieces.append(route.request.url)
        if len(pieces) == 3:
            person.context.set_offline(True)
        route.continue_()

    return watch


def _noisy(seed: int) -> Image.Image:
    """A photo that does not compress."""
    grain = Image.effect_noise((1000 + seed * 100, 1400), 60).convert("RGB")
    return Image.blend(photos.page(size=grain.size), grain, 0.3)


def _so_far(city: World, essay: Essay) -> int:
    """How much of the first photo the server has."""
    city.db.rollback()
    return sum(city.db.scalars(select(Arrival.received).where(Arrival.essay_id == essay.id)))


def _keep(route: Route, whole: dict[str, bytes]) -> None:
    whole[route.request.url] = route.request.post_data_buffer or b""
    route.continue_()


def test_a_page_taken_away_by_mistake_comes_back(
    at_work: AtWork, essay: Essay, dark: Runner
) -> None:
    an = at_work(essay.author).opens(f"/papers/{essay.id}/pages")
    an.page.set_input_files("#photos", _three())
    an.presses("Add the pages").sees("3 pages, in this order")
    _ready(an, 3, dark)

    an.presses("Page 2: take away").sees("Page 2 was taken away.")
    an.presses("Undo").sees("The page is back.")

    assert _widths(an) == [600, 500, 400]


def test_without_script_the_form_sends_all_at_once(
    at_work: AtWork, essay: Essay, dark: Runner
) -> None:
    an = at_work(essay.author, script=False).opens(f"/papers/{essay.id}/pages")
    an.page.set_input_files("#photos", _three())
    an.presses("Add the pages").sees("3 pages, in this order")

    dark.run_due()
    an.follows("Look again")
    assert _widths(an) == [600, 500, 400]


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


def _ready(person: Person, count: int, dark: Runner) -> None:
    """Until all pages are developed; the page shows them by itself."""
    dark.run_due()
    person.page.locator("[data-page] img").nth(count - 1).wait_for(timeout=90_000)


def _widths(person: Person) -> list[int]:
    pictures = person.page.locator("[data-page] img").all()
    return [int(picture.get_attribute("width") or 0) for picture in pictures]
