"""The page of a session that is open follows it: what it is told, by whom, and at what cost."""

import json
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from studyhub.kernel.clock import StoppedClock
from studyhub.study.codes import code_at
from studyhub.study.models import AgendaItem, StudySession
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is going on, with two items on its agenda."""
    session = town.session(town.round())
    for position, (title, minutes) in enumerate((("Khai mạc", -30), ("Chuyên đề 1", 10))):
        starts = NOW + timedelta(minutes=minutes)
        session.agenda.append(AgendaItem(position=position, title=title, starts_at=starts))
    town.db.commit()
    return session


class Open:
    """The page as it stands open in somebody's browser."""

    def __init__(self, browser: Browser, session: StudySession) -> None:
        self.browser, self.session = browser, session
        place = browser.visit(f"/sessions/{session.id}").one("div", class_="stack-s")
        self.address, self.mark = place["data-follow"], place["data-mark"]

    def ask(self, *, mark: str | None = None) -> TestResponse:
        """What the page asks every quarter of a minute."""
        seen = {"If-None-Match": f'"{self.mark if mark is None else mark}"'}
        return self.browser.client.get(self.address, headers=seen)

    def changed(self) -> dict[str, Any]:
        """The parts that have changed since; afterwards the page knows them."""
        answer = self.ask()
        assert answer.status_code == 200, answer.status
        told = json.loads(answer.text)
        self.mark = told["mark"]
        parts: dict[str, Any] = told["parts"]
        return parts


def test_nothing_new_is_said_in_no_words_and_without_a_question(
    town: World, as_: SignIn, session: StudySession
) -> None:
    page = Open(as_(town.an), session)

    asked = []
    for _ in range(5):  # on a slow machine what was found out can be too old once, not always
        with counted_in(page.browser.client.application) as sent:
            answer = page.ask()
        assert (answer.status_code, answer.text) == (304, "")
        asked.append(len(sent))

    assert min(asked) == 0


def test_the_running_topic_comes_by_itself(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock
) -> None:
    page = Open(as_(town.an), session)
    clock.advance(minutes=11)

    parts = page.changed()

    assert list(parts) == ["agenda"]
    assert 'aria-current="step"' in parts["agenda"]
    assert page.ask().status_code == 304


def test_parts_that_are_ones_own_are_fetched_through_the_door(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock
) -> None:
    page = Open(as_(town.an), session)
    clock.advance(minutes=31)

    assert page.changed()["check_in"] is None
    part = page.browser.client.get(f"/sessions/{session.id}/parts/check_in")
    page.browser.visit(f"/sessions/{session.id}/parts/nothing", status=404)

    assert "Check-in closed at" in part.text
    assert part.text.startswith("<section")


def test_only_the_person_recorded_is_told(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock
) -> None:
    an, lan = Open(as_(town.an), session), Open(as_(town.lan), session)
    said = {f"{town.an.id}-presence": "on_site", f"{town.an.id}-seen": "", "go": "save"}
    as_(town.binh).post(f"/sessions/{session.id}/roll-call/{town.cell.id}", status=200, **said)
    clock.advance(seconds=40)

    assert lan.ask().status_code == 304
    assert {"check_in", "left"} <= set(an.changed())


def test_when_the_session_is_over_the_page_says_so(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock
) -> None:
    page = Open(as_(town.an), session)
    clock.advance(hours=3, minutes=1)

    parts = page.changed()

    assert "Over since" in parts["status"]
    assert {"picture", "agenda", "left"} <= set(parts)


def test_what_the_page_cannot_have_seen_is_told_whole(
    town: World, as_: SignIn, session: StudySession
) -> None:
    page = Open(as_(town.an), session)

    answer = page.ask(mark="something")

    assert {"status", "agenda", "check_in"} <= set(json.loads(answer.text)["parts"])


def test_a_packed_answer_has_the_same_mark(town: World, as_: SignIn, session: StudySession) -> None:
    page = Open(as_(town.an), session)
    packed = {"Accept-Encoding": "gzip", "If-None-Match": '"something"'}
    etag = page.browser.client.get(page.address, headers=packed).headers["ETag"]

    answer = page.browser.client.get(page.address, headers={"If-None-Match": etag})

    assert etag != f'"{page.mark}"'
    assert answer.status_code == 304


def test_a_key_opens_one_session_to_one_person_signed_in_for_half_a_day(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock, visitor: Browser
) -> None:
    other = town.session(session.round)
    town.db.commit()
    an, lan = Open(as_(town.an), session), as_(town.lan)

    assert visitor.client.get(an.address).status_code == 404
    assert lan.client.get(an.address).status_code == 404
    elsewhere = an.address.replace(str(session.id), str(other.id))
    assert an.browser.client.get(elsewhere).status_code == 404
    assert an.browser.client.get(an.address[:-1] + "~").status_code == 404
    assert an.browser.client.get(f"/sessions/{session.id}/now").status_code == 404
    clock.advance(hours=12, seconds=1)
    assert an.ask().status_code == 404


def test_who_has_signed_out_is_told_nothing(
    town: World, as_: SignIn, session: StudySession
) -> None:
    page = Open(as_(town.an), session)

    page.browser.post("/sign-out")

    assert page.ask().status_code == 404


def test_a_check_in_is_seen_in_the_other_window(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock
) -> None:
    page = Open(as_(town.an), session)

    page.browser.post(f"/sessions/{session.id}/check-in", status=200, code=code_at(session, NOW))
    clock.advance(seconds=40)

    assert "check_in" in page.changed()


def test_words_only_is_kept_on_this_device(town: World, as_: SignIn, session: StudySession) -> None:
    session.link = "https://hop.example.vn/52"
    town.db.commit()
    an = as_(town.an)

    page = an.post("/preferences", line="text", next=f"/sessions/{session.id}", status=200)

    assert page.all("a", class_="video") == []
    assert an.visit(f"/sessions/{session.id}").all("a", class_="video") == []


def test_the_roll_by_cell_is_looked_at_again_only_while_the_session_goes_on(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock
) -> None:
    dung, path = as_(town.dung), f"/sessions/{session.id}/roll"

    assert dung.visit(path).one("div", id="cells")["data-watch"] == "15"
    clock.advance(hours=4)

    assert "data-watch" not in dung.visit(path).one("div", id="cells").attrs
