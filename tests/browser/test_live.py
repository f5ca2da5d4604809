"""A session on air: a test picture through a real nginx-rtmp, watched in a real browser."""

import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.chores import HANDLERS
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import SystemClock
from studyhub.live.models import LiveStream
from studyhub.reconciliation.service import differences
from studyhub.recordings.models import Recording, Watching
from studyhub.study.models import Attendance, Presence, StudySession
from tests.browser.people import Person, violations
from tests.browser.studio import Station, is_refused, sending
from tests.world import NOW, World
from tools import media

pytestmark = [
    pytest.mark.skipif(bool(media.lacking()), reason=f"no media server: {media.lacking()}"),
    pytest.mark.slow,
]

LONG = 60_000
"""Milliseconds: a picture needs some seconds to the screen, on a slow machine more."""


@dataclass
class OnAir:
    """The organization, with a session going on by the clock of the machine."""

    world: World
    session: StudySession
    station: Station
    tools: Tools

    @property
    def path(self) -> str:
        """Of the page of the session."""
        return f"/sessions/{self.session.id}"

    @property
    def playlist(self) -> str:
        """Where the picture is."""
        return f"/live/{self.session.id}/index.m3u8"


@pytest.fixture
def going(tmp_path: Path) -> Iterator[OnAir]:
    station = Station(tmp_path)
    moment = SystemClock().now()  # the media server goes by the machine's clock, too
    with station.running() as engine, Session(engine, expire_on_commit=False) as db:
        world = World(db)
        round_ = world.round(
            closes_in=moment - NOW + timedelta(days=2), summoned=[world.an, world.lan]
        )
        session = world.session(
            round_,
            starts_at=moment - timedelta(minutes=10),
            ends_at=moment + timedelta(hours=2),
            check_in_opens_at=moment - timedelta(hours=1),
            check_in_closes_at=moment + timedelta(hours=1),
        )
        db.commit()
        yield OnAir(world, session, station, station.tools(engine))
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def comes(chromium: Browser, going: OnAir) -> Iterator[Callable[..., Person]]:
    """`comes(world.an)`: An at a machine, by way of the media server."""
    people: list[Person] = []

    def sit_down(user: object, **machine: object) -> Person:
        person = Person(chromium, going.station.media.address, **machine)  # type: ignore[arg-type]
        people.append(person)
        return person.signs_in(user) if user else person  # type: ignore[arg-type]

    yield sit_down
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        person.context.close()
    assert faults == []


def makes_key(officer: Person, going: OnAir) -> str:
    """The officer has the session followed by a stream, and is shown its key, once."""
    officer.opens(f"{going.path}/source").ticks("The organization's own stream").presses("Save")
    officer.presses("Make the stream key").sees("Shown this once")
    told = officer.page.locator("code.secret").last.inner_text()
    officer.page.reload()
    assert told not in officer.says()
    return told


def watches(page: Page, seconds: float = 3) -> None:
    """Presses play, and the picture moves."""
    film = page.locator("[data-live][data-ready] video")
    film.wait_for(timeout=LONG)
    film.focus()
    page.keyboard.press("Space")
    page.wait_for_function(
        "seconds => { const v = document.querySelector('[data-live] video');"
        " window.first ??= v.currentTime;"
        " return v.videoWidth > 0 && v.currentTime > window.first + seconds }",
        arg=seconds,
        timeout=LONG,
    )


def looks(page: Page) -> None:
    """Comes back to the page: it asks at once how the session stands."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def waits_until_on_air(officer: Person, going: OnAir) -> None:
    """The first picture has come in, and can be fetched."""
    officer.page.wait_for_function(
        "address => fetch(address).then(a => a.json()).then(a => a.on_air)",
        arg=f"{going.path}/live",
        timeout=LONG,
    )
    officer.page.wait_for_function(
        "address => fetch(address).then(a => a.ok)", arg=going.playlist, timeout=LONG
    )


def test_a_session_on_air_is_watched_by_its_members_and_by_nobody_else(
    going: OnAir, comes: Callable[..., Person]
) -> None:
    to = going.station.media.publish_url
    officer = comes(going.world.dung)
    key = makes_key(officer, going)
    an = comes(going.world.an).opens(going.path).sees("Not on air yet")
    assert is_refused(to, f"{going.session.id}?key=wrong")
    assert is_refused(to, str(going.session.id))

    with sending(to, key) as sender:
        waits_until_on_air(officer, going)
        looks(an.page)
        watches(an.page)
        assert an.page.locator("[data-live]").get_attribute("data-ready") == "native"
        assert violations(an.page) == []

        lan = comes(going.world.lan)
        lan.page.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
        lan.opens(going.path)
        watches(lan.page)
        assert lan.page.locator("[data-live]").get_attribute("data-ready") == "script"

        for stranger in (comes(None), comes(going.world.em)):
            assert stranger.context.request.get(going.playlist).status == 404
        assert an.context.request.get(going.playlist).status == 200

        officer.presses("Make a new key").sees("Shown this once")
        assert sender.wait(60) != 0, "the old key is void, and who sends with it is cut off"
    assert is_refused(to, key)
    for viewer in (an, lan):
        viewer.page.get_by_text("The picture has stopped").first.wait_for(timeout=LONG)


def test_its_recording_is_watched_to_the_second_and_closes_the_gap(
    going: OnAir, comes: Callable[..., Person]
) -> None:
    officer, db = comes(going.world.dung), going.world.db
    key = makes_key(officer, going)
    with sending(going.station.media.publish_url, key) as sender:
        waits_until_on_air(officer, going)
        watches(officer.opens(going.path).page)
        sender.send_signal(signal.SIGINT)
        sender.wait(60)
    ends_the_session(going)
    recording = made_ready(officer, going)

    an = comes(going.world.an).opens(going.path).sees("The stream is over")
    an.follows("Watch the recording")
    watches_to_the_second(an, going, recording)
    an.page.keyboard.press("k")
    enough = an.page.get_by_text("That is enough: the session counts as made up.")
    enough.wait_for(timeout=LONG)
    db.rollback()
    attendance = db.scalars(select(Attendance)).one()
    assert (attendance.user_id, attendance.presence) == (going.world.an.id, Presence.MADE_UP)
    assert differences(db, going.session.round) == []


def ends_the_session(going: OnAir) -> None:
    """Its time is over, and its round takes watching for making up."""
    going.session.ends_at = SystemClock().now()
    going.session.round.watching_counts = True
    going.world.db.commit()


def made_ready(officer: Person, going: OnAir) -> Recording:
    """The officer waits no longer; the background work makes what was recorded a recording."""
    officer.opens(f"{going.path}/source").presses("The stream is over: make its recording ready")
    Runner(going.tools, HANDLERS, ()).run_due()
    going.world.db.rollback()
    recording = going.world.db.scalars(select(Recording)).one()
    stream = going.world.db.scalars(select(LiveStream)).one()
    assert stream.ended_at
    assert recording.is_ready
    lasted = (stream.ended_at - stream.began_at).total_seconds()
    assert abs(recording.duration / 1000 - lasted) < 4, "a keyframe is waited for at the beginning"
    return recording


def watches_to_the_second(an: Person, going: OnAir, recording: Recording) -> None:
    """Two seconds and a little: what is known of it is what was played, not more, not less."""
    film = an.page.locator("[data-player] video")
    an.page.keyboard.press("k")
    an.page.wait_for_function(
        "() => document.querySelector('[data-player] video').currentTime > 2", timeout=LONG
    )
    with an.page.expect_response("**/followed"):
        an.page.keyboard.press("k")
    stopped = film.evaluate("film => film.currentTime * 1000")
    going.world.db.rollback()
    key = {"recording_id": recording.id, "user_id": going.world.an.id}
    ((begins, ends),) = going.world.db.get_one(Watching, key, populate_existing=True).spans
    assert begins < 500
    assert abs(ends - stopped) < 1000
