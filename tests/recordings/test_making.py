"""The job, with real files and a real ffmpeg: made, refused, killed and done again."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from studyhub.jobs.models import Job, JobState
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.recordings import ffmpeg, film, keeping, making, taking
from studyhub.recordings.models import Recording, RecordingState
from tests.recordings import films
from tests.recordings.films import over
from tests.world import NOW, World

pytestmark = pytest.mark.timeout(300)

HLS = b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


def _brought(kept: World, tools: Tools, data: bytes, name: str = "a.mp4") -> Recording:
    """As a stream leaves it: a file on this machine, and a job."""
    file = tools.files.root.parent / name
    file.write_bytes(data)
    by = kept.actor(kept.dung)
    made = taking.take_over(kept.db, over(kept), file, by=by, now=NOW)
    kept.db.commit()
    return made


def _run(tools: Tools) -> None:
    Runner(tools, [making.HANDLER], []).run_due()


def _seen(tools: Tools, recording: Recording) -> Recording:
    with Session(tools.engine) as db:
        return db.get_one(Recording, recording.id)


def _look(tools: Tools, key: str) -> film.Film:
    return ffmpeg.look(film.looking(tools.files.path(key)))


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_a_film_is_made_streamable_with_its_sound_and_a_picture(
    kept: World, tools: Tools, ending: str
) -> None:
    recording = _brought(kept, tools, films.film(ending), f"a.{ending}")

    _run(tools)

    made = _seen(tools, recording)
    assert (made.state, made.refusal) == (RecordingState.READY, "")
    assert abs(made.duration - 4000) < 150
    video, audio = _look(tools, made.video_key), _look(tools, made.audio_key)
    assert (video.video, video.audio, video.height) == ("h264", "aac", 108)
    assert (audio.video, audio.audio) == ("", "aac")
    head = tools.files.read(made.video_key)
    assert head.index(b"moov") < head.index(b"mdat")  # it begins before it is all there
    assert tools.files.read(made.poster_key)[:3] == b"\xff\xd8\xff"
    assert tools.files.read(made.original_key) == films.film(ending)
    assert not Path(recording.taken_from).exists()


def test_a_sound_recording_needs_no_picture(kept: World, tools: Tools) -> None:
    recording = _brought(kept, tools, films.sound(), "a.mp3")

    _run(tools)

    made = _seen(tools, recording)
    assert (made.state, made.has_picture, made.poster_key) == (RecordingState.READY, False, "")
    assert _look(tools, made.audio_key).audio == "aac"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(HLS, id="a playlist that names files of the server"),
        pytest.param(b"\0\0\0 ftypisom" + b"\xff" * 4000, id="noise behind a good beginning"),
        pytest.param(films.film()[: len(films.film()) // 3], id="cut off"),
        pytest.param(b"ffconcat version 1.0\nfile /etc/passwd\n", id="a list of files"),
    ],
)
def test_what_cannot_be_made_is_said_and_kept(kept: World, tools: Tools, data: bytes) -> None:
    recording = _brought(kept, tools, data)

    _run(tools)

    made = _seen(tools, recording)
    assert (made.state, made.refusal) == (RecordingState.FAILED, film.NOT_A_RECORDING)
    assert tools.files.read(made.original_key) == data
    assert (made.video_key, made.audio_key) == ("", "")


def test_one_that_takes_too_much_time_is_stopped(
    kept: World, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = _brought(kept, tools, films.film("webm"))
    said = film.making

    def forever(*args: object) -> list[str]:
        return ["-re", *said(*args)]  # type: ignore[arg-type]

    monkeypatch.setattr(film, "making", forever)
    monkeypatch.setattr(ffmpeg, "STUCK_AFTER", 0.5)

    _run(tools)

    assert _seen(tools, recording).refusal == ffmpeg.STUCK


WORKER = """
import sys
from zoneinfo import ZoneInfo
from pathlib import Path
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.recordings import film, making
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import connected
from tests.world import NOW
url, folder = sys.argv[1:]
said = film.making
film.making = lambda *args: ["-re", *said(*args)]  # as slowly as it plays
settings = Settings(secret_key="test", database_url=url)
tools = Tools(engine=connected(url), clock=StoppedClock(NOW), zone=ZoneInfo("UTC"),
              files=FileStore(Path(folder)), settings=settings)
Runner(tools, [making.HANDLER], []).run_due()
"""


def test_a_worker_killed_in_the_middle_loses_nothing_and_leaves_no_ffmpeg(
    kept: World, tools: Tools
) -> None:
    recording = _brought(kept, tools, films.film("webm", seconds=20), "a.webm")
    url = tools.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORKER, url, str(tools.files.root)]
    worker = subprocess.Popen(command, cwd=Path(__file__).parents[2])
    _until(lambda: _progress(tools) > 0)
    running = _children(worker.pid)
    worker.kill()
    worker.wait()

    assert running
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in running))
    assert _seen(tools, recording).state is RecordingState.IN_WORK

    assert isinstance(tools.clock, StoppedClock)
    tools.clock.moment = NOW + 2 * making.HANDLER.lease
    _run(tools)
    assert _seen(tools, recording).state is RecordingState.READY


def test_what_was_given_up_and_what_was_taken_away_is_swept_up(kept: World, tools: Tools) -> None:
    recording = _brought(kept, tools, films.film())
    _run(tools)
    made = _seen(tools, recording)
    kept.see(recording)
    recording.removed_at = NOW - 2 * keeping.UNDONE_WITHIN
    lost = _brought(kept, tools, films.sound(), "b.mp3")
    with Session(tools.engine) as db, db.begin():
        job = db.query(Job).filter(Job.subject_id == lost.id).one()
        job.state, job.ended_at = JobState.FAILED, NOW
    kept.db.commit()

    keeping.sweep(tools)

    for key in (made.video_key, made.audio_key, made.poster_key, made.original_key):
        assert not tools.files.path(key).exists()
    assert _seen(tools, lost).state is RecordingState.FAILED
    with Session(tools.engine) as db:
        assert db.get(Recording, recording.id) is None


def _progress(tools: Tools) -> int:
    with Session(tools.engine) as db:
        return db.query(Job).one().progress


def _children(pid: int) -> list[int]:
    """The processes that this one has begun."""
    told = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for file in told for one in file.read_text().split()]


def _until(true: object, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.1)
