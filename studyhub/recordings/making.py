"""The job that makes a recording streamable: its film, its sound alone, a picture of it.

It may be killed at any moment and begins again: what came stays where it is until its key is
written down, and nothing of what is made is kept before all of it is.
"""

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel.errors import StudyHubError, Unfit
from studyhub.recordings import ffmpeg, film
from studyhub.recordings.keeping import arriving
from studyhub.recordings.models import Recording, RecordingState
from studyhub.recordings.taking import KIND

log = logging.getLogger("studyhub.jobs")

MEGABYTE = 1024 * 1024
MOST_OF_TIME = 8
"""A second of the recording may take so many seconds of the processor, and ten minutes besides."""

LEFT_BEHIND = timedelta(days=2)
MADE, PICTURED = 95, 98
"""Percent done by then."""


def make(task: Task) -> None:
    """Make it, or say why it cannot be made; what came is kept either way."""
    with task.tools.reading() as db:
        recording = db.get(Recording, task.subject_id)
    if recording is None or recording.state is not RecordingState.IN_WORK:
        return
    with _workshop(task.tools) as folder:
        try:
            made = _made(task, taken_in(task.tools, recording), folder)
        except StudyHubError as refusal:
            _refuse(task, recording.id, refusal)
        else:
            _keep(task.tools, recording.id, made)


def taken_in(tools: Tools, recording: Recording) -> Path:
    """The file as it came, in the store; its key is written down before it is moved there."""
    came = Path(recording.taken_from or arriving(tools.files).path(recording.id))
    key = recording.original_key
    if not key and came.exists():
        key, size = tools.files.key_of(came), came.stat().st_size
        with tools.writing() as db:
            kept = db.get_one(Recording, recording.id)
            kept.original_key, kept.original_size = key, size
    if came.exists():
        tools.files.take_in(came, key)
    if not key or not tools.files.path(key).exists():
        raise Unfit(film.NOT_A_RECORDING)
    return tools.files.path(key)


class _Made:
    """What was made, aside, and how long it is."""

    def __init__(self, folder: Path) -> None:
        self.video, self.audio, self.poster = folder / "video", folder / "audio", folder / "poster"
        self.duration = 0


def _made(task: Task, original: Path, folder: Path) -> _Made:
    made, found = _Made(folder), ffmpeg.look(film.looking(original))
    seconds = found.duration / 1000
    limit = int(600 + MOST_OF_TIME * seconds)
    largest = original.stat().st_size // MEGABYTE * 2 + int(seconds * 0.4) + 64
    told = _telling(task, seconds)
    told(0.0)
    words = film.making(original, found, made.video, made.audio)
    ffmpeg.work(words, cpu_seconds=limit, megabytes=largest, told=told)
    made.duration = ffmpeg.look(film.looking(made.video if found.video else made.audio)).duration
    task.progress(MADE)
    if found.video:
        _picture(made)
    task.progress(PICTURED)
    return made


def _picture(made: _Made) -> None:
    """A tenth into it, where a title has usually gone; a recording without one is as good."""
    with suppress(Unfit):
        words = film.picturing(made.video, made.duration / 10_000, made.poster)
        ffmpeg.work(words, cpu_seconds=60, megabytes=20)


def _telling(task: Task, seconds: float) -> Callable[[float], None]:
    """Told often, it says so in the database when a percent more is done."""
    said = -1

    def tell(done: float) -> None:
        nonlocal said
        percent = min(int(MADE * done / seconds), MADE)
        if percent > said:
            said = percent
            task.progress(percent)

    return tell


def _keep(tools: Tools, recording_id: UUID, made: _Made) -> None:
    sizes = {file: file.stat().st_size for file in (made.video, made.audio) if file.exists()}
    keys = {
        file: tools.files.take_in(file)
        for file in (made.video, made.audio, made.poster)
        if file.exists() and file.stat().st_size
    }
    with tools.writing() as db:
        recording = db.get_one(Recording, recording_id, with_for_update={"of": Recording})
        recording.video_key = keys.get(made.video, "")
        recording.video_size = sizes.get(made.video, 0)
        recording.audio_key = keys.get(made.audio, "")
        recording.audio_size = sizes.get(made.audio, 0)
        recording.poster_key = keys.get(made.poster, "")
        recording.duration, recording.ready_at = made.duration, tools.now()
        recording.state, recording.refusal = RecordingState.READY, ""


def _refuse(task: Task, recording_id: UUID, why: StudyHubError) -> None:
    if isinstance(why, ffmpeg.Failed):
        facts = {"recording": str(recording_id), "told": why.told}
        log.warning("a recording could not be made", extra={"facts": facts})
    with task.tools.writing() as db:
        recording = db.get_one(Recording, recording_id, with_for_update={"of": Recording})
        recording.state, recording.refusal = RecordingState.FAILED, why.message


@contextmanager
def _workshop(tools: Tools) -> Iterator[Path]:
    """A folder on the disk of the store; what killed workers left there long ago goes first."""
    place = tools.files.root / "recordings-in-work"
    place.mkdir(parents=True, exist_ok=True)
    for left in place.iterdir():
        if left.stat().st_mtime < (tools.now() - LEFT_BEHIND).timestamp():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


HANDLER = Handler(kind=KIND, run=make, lease=timedelta(minutes=5), lengthy=True)
