"""A process that has StudyHub's modules loaded already, and starts gunicorn at a word.

What it starts is the real server, master and workers, in a session of its own; only the
two seconds of reading modules from the disk are saved, each time that it is killed.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from gunicorn.app.wsgiapp import run  # type: ignore[import-untyped]


class Starter:
    """The process, seen from the test."""

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.starter"],
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, arguments: Sequence[str]) -> int:
        """A gunicorn with these arguments; the number of its process and of its group."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(" ".join(arguments) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def end(self) -> None:
        """No more is to be started."""
        self._process.communicate()


def _serve() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who is killed leaves no corpse
    for line in sys.stdin:
        if not (number := os.fork()):
            _become_a_server(line.split())
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def _become_a_server(arguments: list[str]) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    sys.argv = ["gunicorn", *arguments]
    run()


if __name__ == "__main__":
    import studyhub.app  # noqa: F401  # what takes its time
    import tests.world  # noqa: F401

    _serve()
