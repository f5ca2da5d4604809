"""What was recorded is handed over: in one file, once, when the stream is over."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.jobs.work import Task, Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.kernel.ids import new_uuid
from studyhub.live import sources, streaming
from studyhub.live.handing_over import KIND, hand_over
from studyhub.live.models import LiveStream, Source
from studyhub.live.streaming import Sender
from studyhub.recordings.models import Recording
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import empty
from tests.live.conftest import Studio, secret_of
from tests.world import NOW, World

LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def tools(engine: Engine, tmp_path: Path) -> Iterator[Tools]:
    """An installation that looks for recordings in the folder of the test."""
    settings = Settings(
        secret_key="test",
        database_url=str(engine.url),
        live_publish_url="rtmp://127.0.0.1/live",
        live_secret="s" * 40,
        live_recordings=str(tmp_path),
    )
    yield Tools(
        engine=engine,
        clock=StoppedClock(LATER),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path / "files"),
        settings=settings,
    )
    empty(engine)


@pytest.fixture
def studio(tools: Tools) -> Studio:
    """A session whose stream key has been made, kept in the database."""
    with tools.writing() as db:
        world = World(db)
        session = world.session(world.round())
        officer = world.actor(world.dung)
        sources.choose(db, session, Source.STREAM, by=officer, now=NOW)
        told = sources.make_key(db, session, by=officer, now=NOW)
    return Studio(session, secret_of(told))


def hands_over(tools: Tools, studio: Studio) -> None:
    task = Task(
        id=new_uuid(), kind=KIND, subject_id=studio.session.id, payload={}, attempt=1,
        tools=tools, progress=lambda _percent: None,
    )  # fmt: skip
    hand_over(task)


def recorded(tools: Tools, sender: Sender, name: str, *, seconds: int = 1) -> Path:
    """A stretch came in and was recorded: a real film, in the folder of the media server."""
    path = Path(tools.settings.live_recordings) / name
    film = f"-f lavfi -i testsrc=size=64x36:rate=25 -t {seconds} -c:v libx264 -f flv"
    if shutil.which("ffmpeg"):
        command = ["ffmpeg", "-loglevel", "error", *film.split(), str(path)]
        subprocess.run(command, check=True)
    else:
        path.write_bytes(b"FLV" * seconds)
    with tools.writing() as db:
        streaming.begin(db, sender, now=NOW)
        streaming.end(db, sender, now=NOW)
        streaming.keep_recording(db, sender, f"/anywhere/{name}".rpartition("/")[2], now=NOW)
    return path


def recordings(tools: Tools) -> list[Path]:
    with tools.reading() as db:
        return [Path(one) for one in db.scalars(select(Recording.taken_from))]


def test_what_was_recorded_becomes_the_recording_once(tools: Tools, studio: Studio) -> None:
    path = recorded(tools, studio.sender(), "a.flv")
    hands_over(tools, studio)
    hands_over(tools, studio)
    assert recordings(tools) == [path]
    assert path.exists(), "it is the recordings' now, which move it away"


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg to join with")
def test_the_stretches_of_a_broken_line_become_one(tools: Tools, studio: Studio) -> None:
    parts = [recorded(tools, studio.sender(str(n)), f"{n}.flv", seconds=2) for n in (1, 2)]
    hands_over(tools, studio)
    (whole,) = recordings(tools)
    asked = "ffprobe -v error -show_entries format=duration -of csv=p=0".split()
    told = subprocess.run([*asked, str(whole)], check=True, capture_output=True, text=True)
    assert 3.9 < float(told.stdout) < 4.5
    assert not any(part.exists() for part in parts)


def test_nothing_is_handed_over_while_it_goes_on(tools: Tools, studio: Studio) -> None:
    recorded(tools, studio.sender("1"), "a.flv")
    with tools.writing() as db:
        streaming.begin(db, studio.sender("2"), now=LATER)
    hands_over(tools, studio)
    assert recordings(tools) == []

    later = replace(tools, clock=StoppedClock(LATER + timedelta(minutes=2)))
    hands_over(later, studio)
    assert len(recordings(tools)) == 1


def test_a_file_that_is_gone_is_no_recording_and_is_not_looked_for_again(
    tools: Tools, studio: Studio
) -> None:
    recorded(tools, studio.sender(), "a.flv").unlink()
    hands_over(tools, studio)
    with Session(tools.engine) as db:
        assert db.scalars(select(LiveStream.taken_over_at)).all() == [LATER]
    assert recordings(tools) == []
