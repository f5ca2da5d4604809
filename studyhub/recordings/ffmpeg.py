"""Runs ffmpeg on files nobody vouches for: fenced, watched, and stopped when it is stuck."""

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from functools import cache

import imageio_ffmpeg

from studyhub.kernel import sandbox
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.recordings import film
from studyhub.recordings.film import Film

LOOKING_SECONDS = 60
STUCK_AFTER = 180.0
"""Seconds without a word of progress."""

FAILED = N_(
    "This file could not be made into a recording; the file itself is kept. Save it as .mp4 "
    "(H.264) and bring it again, or try once more."
)
STUCK = N_("Making this recording took too long and was stopped; the file itself is kept.")
NO_FFMPEG = N_("The server has no ffmpeg. Tell the administrator.")


class Failed(Unfit):
    """ffmpeg gave up; `told` is what it said, for the log."""

    def __init__(self, message: str, told: str) -> None:
        super().__init__(message)
        self.told = told[-2000:]


@cache
def program() -> str:
    """The system's ffmpeg; where there is none, the one that came with the packages."""
    if found := shutil.which("ffmpeg"):
        return found
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise Unfit(NO_FFMPEG) from error


def look(words: Sequence[str]) -> Film:
    """What is in the file that `film.looking` named."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            _fenced(words, cpu_seconds=LOOKING_SECONDS, megabytes=0),
            capture_output=True,
            timeout=2 * LOOKING_SECONDS,
            env=sandbox.environment(),
            cwd=sandbox.ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unfit(film.NOT_A_RECORDING) from error
    return film.looked_at(done.stderr.decode("utf-8", "replace"))


def work(
    words: Sequence[str],
    *,
    cpu_seconds: int,
    megabytes: int,
    told: Callable[[float], None] = lambda _seconds: None,
) -> None:
    """Have it done; `told` hears how many seconds of the recording are. `Failed` when it is not."""
    command = _fenced(words, cpu_seconds=cpu_seconds, megabytes=megabytes)
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own words
            command, stdout=subprocess.PIPE, stderr=said, text=True, env=sandbox.environment(),
            cwd=sandbox.ROOT,
        ) as process,
    ):  # fmt: skip
        try:
            stopped = _follow(process, told)
        finally:
            process.kill()
        process.wait()
        if stopped or process.returncode:
            said.seek(0)
            raise Failed(STUCK if stopped else FAILED, said.read().decode("utf-8", "replace"))


def _follow(process: subprocess.Popen[str], told: Callable[[float], None]) -> bool:
    """Listen until it ends; whether it was stopped because it fell silent."""
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        process.kill()

    alarm = threading.Timer(STUCK_AFTER, stop)
    alarm.start()
    try:
        assert process.stdout  # noqa: S101 - asked for above
        for line in process.stdout:
            if (seconds := film.seconds_done(line)) is not None:
                alarm.cancel()
                alarm = threading.Timer(STUCK_AFTER, stop)
                alarm.start()
                told(seconds)
        process.wait(STUCK_AFTER)
    except subprocess.TimeoutExpired:
        stopped.set()
    finally:
        alarm.cancel()
    return stopped.is_set()


def _fenced(words: Sequence[str], *, cpu_seconds: int, megabytes: int) -> list[str]:
    ours = [sys.executable, "-B", "-m", "studyhub.recordings.fenced"]
    return [*ours, str(cpu_seconds), str(megabytes), program(), *words]
