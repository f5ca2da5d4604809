"""Real films and sounds, made by ffmpeg; recordings of the test world."""

import subprocess
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from studyhub.kernel.ids import new_uuid
from studyhub.recordings.ffmpeg import program
from studyhub.recordings.models import Recording, RecordingState
from studyhub.study.models import AgendaItem, StudySession
from tests.world import NOW, World

PICTURE = ("-f", "lavfi", "-i", "testsrc=size=192x108:rate=12:duration={seconds}")
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:duration={seconds}")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libvorbis")


@cache
def film(ending: str = "mp4", *, seconds: int = 4) -> bytes:
    """A test picture with a tone: .mp4 as browsers play it, or .webm, which is made anew."""
    return _made([*PICTURE, *SOUND, *(VP8 if ending == "webm" else H264)], ending, seconds)


@cache
def sound(*, seconds: int = 4) -> bytes:
    """A tone alone, as .mp3."""
    return _made([*SOUND, "-c:a", "libmp3lame"], "mp3", seconds)


def _made(words: list[str], ending: str, seconds: int) -> bytes:
    file = Path(mkdtemp()) / f"made.{ending}"
    told = [word.format(seconds=seconds) for word in words]
    command = [program(), "-v", "error", "-y", *told, str(file)]
    subprocess.run(command, check=True, timeout=100)
    return file.read_bytes()


def over(world: World, *, topics: tuple[str, ...] = (), counts: bool = True) -> StudySession:
    """A session that has ended, of a round in which watching 80 % counts."""
    round_ = world.round(watching_counts=counts)
    session = world.session(
        round_, starts_at=NOW - timedelta(hours=5), ends_at=NOW - timedelta(hours=2)
    )
    for position, title in enumerate(topics):
        session.agenda.append(AgendaItem(id=new_uuid(), position=position, title=title))
    world.db.flush()
    return session


def recording(
    world: World, session: StudySession, *, topic: int | None = None, seconds: int = 100,
    **changes: object,
) -> Recording:  # fmt: skip
    """One that can be watched; its files are nowhere."""
    facts: dict[str, object] = {
        "state": RecordingState.READY, "title": "Bản ghi", "video_key": "a" * 64,
        "audio_key": "b" * 64, "added_at": NOW, "ready_at": NOW,
    }  # fmt: skip
    made = Recording(
        id=new_uuid(), session=session, duration=seconds * 1000,
        topic_id=None if topic is None else session.agenda[topic].id, **{**facts, **changes},
    )  # fmt: skip
    world.db.add(made)
    world.db.flush()
    return made
