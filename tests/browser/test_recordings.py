"""A recording is brought over a bad line, watched with jumps, and makes the session up."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.reconciliation.service import differences
from studyhub.recordings.models import RecordingArrival
from studyhub.rounds.models import StudyRound
from studyhub.study.models import Basis, Presence
from tests.browser.cinema import Shown, showing
from tests.browser.people import PHONE, Person, violations
from tests.recordings.films import film

pytestmark = pytest.mark.slow
SECONDS = 20
LONG = 60_000
PADDING = (3 * 1024 * 1024).to_bytes(4, "big") + b"free" + bytes(3 * 1024 * 1024 - 8)
"""A box that players pass over: the film is large enough to come in several pieces."""


@pytest.fixture
def cinema(tmp_path: Path) -> Iterator[Shown]:
    with showing(tmp_path) as shown:
        yield shown


@pytest.fixture
def comes(chromium: Browser, cinema: Shown) -> Iterator[Callable[..., Person]]:
    """`comes(world.an)`: An at a machine of their own, signed in."""
    people: list[Person] = []

    def sit_down(user: User, **machine: object) -> Person:
        people.append(Person(chromium, cinema.address, **machine))  # type: ignore[arg-type]
        return people[-1].signs_in(user)

    yield sit_down
    for person in people:
        person.context.close()
    assert [fault for person in people for fault in person.faults] == []


class Line:
    """The line to the server: it bears so many pieces, then it is cut."""

    def __init__(self, page: Page, pieces: int) -> None:
        self.left, self.places = pieces, list[int]()
        page.route("**/uploads/*?at=*", self._pass)

    def _pass(self, route: Route) -> None:
        self.places.append(int(route.request.url.partition("at=")[2].partition("&")[0]))
        if self.left == 0:
            route.abort()
        else:
            self.left -= 1
            route.continue_()


def _chooses(dung: Person, cinema: Shown, data: bytes) -> None:
    dung.opens(f"/recordings/sessions/{cinema.session.id}")
    file = FilePayload(name="hoi-nghi.mp4", mimeType="video/mp4", buffer=data)
    dung.page.get_by_label("Film or sound recording").set_input_files(file)
    dung.page.get_by_role("button", name="Bring it").click()


def test_it_comes_over_a_line_that_is_cut_and_after_a_reload(
    cinema: Shown, comes: Callable[..., Person]
) -> None:
    dung, data = comes(cinema.world.dung), film(seconds=SECONDS) + PADDING
    cut = Line(dung.page, 2)
    dung.page.on("dialog", lambda dialog: dialog.accept())
    _chooses(dung, cinema, data)
    dung.sees("No connection. What has arrived stays")
    arrived = cinema.world.db.scalars(select(RecordingArrival.received)).one()
    assert 0 < arrived < len(data)

    dung.page.unroute("**/uploads/*?at=*")
    again = Line(dung.page, 2)
    dung.opens(f"/recordings/sessions/{cinema.session.id}").sees("have arrived")
    assert violations(dung.page) == []
    _chooses(dung, cinema, data)
    expect(dung.page.locator("[data-note]")).to_contain_text("No connection", timeout=LONG)
    again.left = 99
    dung.page.wait_for_url("**/recordings/sessions/*", timeout=LONG)
    dung.page.locator("[data-progress]").wait_for(timeout=LONG)

    assert (cut.places[0], again.places[0]) == (0, arrived)
    made = cinema.make()
    assert cinema.tools.files.read(made.original_key) == data
    dung.sees("Can be watched")


def _plays(person: Person, *, until: float) -> None:
    """At twice the speed, from where it is."""
    person.page.evaluate(
        """async () => {
            const film = document.querySelector("video");
            film.muted = true;
            document.querySelector("[data-speed='2']").click();
            await film.play();
        }"""
    )
    passed = "until => document.querySelector('video').currentTime >= until"
    person.page.wait_for_function(passed, arg=until, timeout=LONG)
    with person.page.expect_response("**/followed"):
        person.page.evaluate("document.querySelector('video').pause()")


def _played(person: Person) -> list[tuple[float, float]]:
    """What the browser itself has kept of what it played, since the page was opened."""
    told = person.page.evaluate(
        """() => {
            const played = document.querySelector("video").played;
            return Array.from({length: played.length}, (_, n) => [played.start(n), played.end(n)]);
        }"""
    )
    return [(begins, ends) for begins, ends in told]


def _expect_known(cinema: Shown, played: list[tuple[float, float]]) -> None:
    """To the second, stretch by stretch."""
    known = [(begins / 1000, ends / 1000) for begins, ends in cinema.seen()]
    assert len(known) == len(played), (known, played)
    for (begins, ends), (began, ended) in zip(known, played, strict=True):
        assert abs(begins - began) < 1, (known, played)
        assert abs(ends - ended) < 1, (known, played)


def test_it_is_watched_with_jumps_and_the_gap_closes(
    cinema: Shown, comes: Callable[..., Person]
) -> None:
    dung = comes(cinema.world.dung)
    _chooses(dung, cinema, film(seconds=SECONDS))
    dung.page.locator("[data-progress]").wait_for(timeout=LONG)
    made = cinema.make()
    an = comes(cinema.world.an).opens(f"/sessions/{cinema.session.id}")
    an.page.get_by_role("link", name="Watch the recording").click()
    an.sees("not watched yet")

    _plays(an, until=4)
    an.page.evaluate("document.querySelector('video').currentTime = 9")
    _plays(an, until=16.2)
    first = _played(an)
    assert len(first) == 2
    _expect_known(cinema, first)
    expect(an.page.locator("[data-left]")).to_contain_text("still to watch")
    assert cinema.presence() is None

    phone = comes(cinema.world.an, size=PHONE).opens(f"/recordings/{made.id}")
    _plays_the_gap(phone)

    _expect_known(cinema, [(0, max(end for _, end in first))])
    phone.sees("That is enough: the session counts as made up.")
    assert cinema.presence() == (Presence.MADE_UP, Basis.RECORDING)
    with Session(cinema.tools.engine) as db:
        assert list(differences(db, db.get_one(StudyRound, cinema.session.round_id))) == []


def _plays_the_gap(phone: Person) -> None:
    """It begins where one stopped elsewhere; the list leads to what is missing."""
    phone.sees("where you stopped")
    place = "document.querySelector('video').currentTime"
    phone.page.wait_for_function(f"{place} >= 16")
    assert violations(phone.page) == []
    phone.page.evaluate("document.querySelector('video').muted = true")
    phone.page.locator("[data-gaps] a").first.click()
    phone.page.wait_for_function(f"{place} < 9")
    _plays(phone, until=9.8)


def test_without_a_script_it_is_brought_and_plays(
    cinema: Shown, comes: Callable[..., Person]
) -> None:
    dung = comes(cinema.world.dung, script=False)
    _chooses(dung, cinema, film(seconds=SECONDS))
    dung.sees("The recording has arrived")
    made = cinema.make()

    an = comes(cinema.world.an, script=False).opens(f"/recordings/{made.id}?t=5")

    source = an.page.locator("video").get_attribute("src") or ""
    assert source.endswith("/video#t=5")
    an.follows("Sound only")
    assert an.page.locator("audio").count() == 1
