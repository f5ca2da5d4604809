"""A recording is watched: what was played is told, and makes the session up."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from studyhub.kernel.clock import StoppedClock
from studyhub.recordings.models import Recording, Watching
from studyhub.study.models import Attendance, Presence
from tests.recordings.films import over, recording
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World


@pytest.fixture
def made(town: World, app: Flask) -> Recording:
    """A recording of 100 seconds, of a session that is over."""
    made = recording(town, over(town))
    town.db.commit()
    return made


def _beat(browser: Browser, made: Recording, played: str, **more: Any) -> Any:
    page = browser.visit(f"/recordings/{made.id}")
    player = next(e for e in page.elements if "data-ticket" in e.attrs)
    told = {"played": played, "place": "0", "speed": "100", "ticket": player["data-ticket"], **more}
    told["csrf_token"] = browser.token()
    return lambda: browser.client.post(
        f"/recordings/{made.id}/followed", data=told, headers={"Accept": "application/json"}
    )


def test_what_was_played_is_told_and_makes_the_session_up(
    town: World, made: Recording, as_: SignIn, clock: StoppedClock
) -> None:
    an = as_(town.an)
    beat = _beat(an, made, "0-50000,60000-95000", place="95000")
    clock.moment = NOW + timedelta(seconds=86)

    told = beat().get_json()

    assert told["left"] == "15 seconds still to watch"
    assert (told["percent"], told["made_up"]) == (85, True)
    assert told["missing"] == [[50_000, "0:50–1:00"], [95_000, "1:35–1:40"]]
    page = an.visit(f"/recordings/{made.id}")
    assert "Your attendance of this session is recorded." in page.text
    assert page.one("video")["src"].endswith("#t=95")
    town.db.rollback()
    row = town.db.get_one(Attendance, (made.session_id, town.an.id))
    assert row.presence is Presence.MADE_UP


def test_no_more_is_taken_than_can_have_been_played(
    town: World, made: Recording, as_: SignIn, clock: StoppedClock
) -> None:
    beat = _beat(as_(town.an), made, "0-100000", speed="100")
    clock.moment = NOW + timedelta(seconds=20)

    assert beat().get_json()["percent"] == 20


@pytest.mark.parametrize(
    "wrong", [{"ticket": "x"}, {"played": "a-b"}, {"speed": ""}, {"played": "0-1," * 300}]
)
def test_what_no_player_says_is_refused(
    town: World, made: Recording, as_: SignIn, wrong: dict[str, str]
) -> None:
    facts = {"played": "0-10", **wrong}

    assert _beat(as_(town.an), made, facts.pop("played"), **facts)().status_code == 422


def test_the_ticket_of_another_is_none(town: World, made: Recording, as_: SignIn) -> None:
    page = as_(town.lan).visit(f"/recordings/{made.id}")
    ticket = next(e for e in page.elements if "data-ticket" in e.attrs)["data-ticket"]

    assert _beat(as_(town.an), made, "0-10", ticket=ticket)().status_code == 422


def test_a_heartbeat_asks_little(town: World, made: Recording, as_: SignIn) -> None:
    an = as_(town.an)
    _beat(an, made, "0-10")()
    beat = _beat(an, made, "0-20")

    with counted_in(an.client.application) as statements:
        beat()

    assert len(statements) <= 9


def test_the_page_of_a_session_and_of_a_round_show_what_can_be_watched(
    town: World, made: Recording, as_: SignIn
) -> None:
    seen = Watching(
        recording_id=made.id, user_id=town.an.id, spans=[[0, 40_000]], seen=40_000, place=0,
        allowance=0, heard_at=NOW,
    )  # fmt: skip
    town.db.add(seen)
    town.db.commit()
    an = as_(town.an)

    for path in (f"/sessions/{made.session_id}", f"/rounds/{made.session.round_id}"):
        page = an.visit(path)
        assert "1 minute still to watch" in page.text
    assert "Make up by watching" in page.text
