"""A session in a conference system that checks every checksum, from opening to its recording."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Engine

from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.live import looking_in
from studyhub.storage.files import FileStore
from studyhub.study.models import StudySession
from tests.live.conference import SECRET, Conference, conferring
from tests.web.conftest import SignIn
from tests.world import NOW, World


@pytest.fixture
def conference(app: Flask) -> Iterator[Conference]:
    """It runs, and StudyHub knows it."""
    facts = app.extensions["studyhub"]
    before = facts["settings"]
    with conferring() as running:
        facts["settings"] = replace(before, bbb_url=running.url, bbb_secret=SECRET)
        yield running
    facts["settings"] = before


@pytest.fixture
def tools(app: Flask, engine: Engine, conference: Conference, tmp_path: Path) -> Tools:
    """The background work of the same installation."""
    return Tools(
        engine=engine,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path),
        settings=app.extensions["studyhub"]["settings"],
    )


@pytest.fixture
def session(town: World) -> StudySession:
    """One that is going on."""
    found = town.session(town.round())
    town.db.commit()
    return found


def test_a_meeting_from_opening_to_its_recording(
    town: World, session: StudySession, as_: SignIn, conference: Conference, tools: Tools
) -> None:
    officer, an = as_(town.dung), as_(town.an)
    path = f"/sessions/{session.id}"
    officer.post(f"{path}/source", source="bigbluebutton", status=200)
    assert "The meeting is not open yet" in an.visit(path).text
    assert "has not been opened yet" in an.visit(f"{path}/meeting").source

    assert "The meeting is open" in officer.post(f"{path}/meeting/open", status=200).source
    assert "Come into the meeting" in an.visit(path).text
    (room,) = conference.rooms
    for person, role in ((town.an, "VIEWER"), (town.dung, "MODERATOR")):
        address = as_(person).client.get(f"{path}/meeting").location
        assert f"role={role}" in address
        assert address.startswith(conference.url)
        conference.rooms[room][str(person.id)] = person.full_name
    assert as_(town.em).client.get(f"{path}/meeting").status_code == 404

    takes_attendance(town, session, as_, tools)
    officer.post(f"{path}/meeting/end", status=200)
    assert conference.rooms == {}
    assert "The meeting has ended" in an.visit(path).text
    assert "no recording yet" in officer.post(f"{path}/meeting/recording", status=200).source
    conference.recordings[room] = ["https://hop.example.vn/playback/1"]
    officer.post(f"{path}/meeting/recording", status=200)
    town.see(session)
    assert session.recording_link == "https://hop.example.vn/playback/1"


def takes_attendance(town: World, session: StudySession, as_: SignIn, tools: Tools) -> None:
    """The officer records those who were seen there; of them An alone is on the list."""
    officer, path = as_(town.dung), f"/sessions/{session.id}"
    looking_in.look_in(tools)
    assert "1 person of the list was seen" in officer.visit(f"{path}/source").text
    officer.post(f"{path}/meeting/attendance", minutes="", status=422)
    page = officer.post(f"{path}/meeting/attendance", minutes="0", status=200)
    assert "1 person is recorded as present online" in page.source
    assert "Present online" in as_(town.an).visit(path).text


def test_a_meeting_that_ended_there_has_ended_here(
    town: World, session: StudySession, as_: SignIn, conference: Conference, tools: Tools
) -> None:
    officer, path = as_(town.dung), f"/sessions/{session.id}"
    officer.post(f"{path}/source", source="bigbluebutton")
    officer.post(f"{path}/meeting/open")
    conference.rooms.clear()
    looking_in.look_in(tools)
    assert "The meeting has ended" in officer.visit(path).text
    officer.post(f"{path}/meeting/open", status=200)
    assert len(conference.rooms) == 1


def test_a_conference_that_does_not_answer_is_said_so_and_nothing_is_written(
    app: Flask, town: World, session: StudySession, as_: SignIn, conference: Conference
) -> None:
    officer, path = as_(town.dung), f"/sessions/{session.id}"
    officer.post(f"{path}/source", source="bigbluebutton")
    facts = app.extensions["studyhub"]
    facts["settings"] = replace(facts["settings"], bbb_secret="another")
    assert "refused" in officer.post(f"{path}/meeting/open", status=409).source
    assert "The meeting is not open yet" in officer.visit(path).text
