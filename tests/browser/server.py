"""A real gunicorn with two workers, to be started, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.browser.starter import Starter

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


class Server:
    """StudyHub on a port of its own, over one database file."""

    app = "tests.browser.stopped:app"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder}/walk.sqlite"
        self.port = _free_port()
        self.mail_port = _free_port()
        """Where its mail server would be; a walk that reads letters listens there."""
        self.process: subprocess.Popen[bytes] | None = None
        self.number = 0
        self._starter: Starter | None = None

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        arguments = [
            self.app, "-w", "2", "-k", "gthread", "--threads", "8", "--bind",
            f"127.0.0.1:{self.port}", "--no-control-socket", "--log-level", "critical",
        ]  # fmt: skip
        if self._starter:
            self.number = self._starter.start(arguments)
        else:
            command = [sys.executable, "-m", "gunicorn", *arguments]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment(), start_new_session=True
            )
            self.number = self.process.pid
        self._wait()

    @contextmanager
    def started_quickly(self) -> Iterator[None]:
        """Within it, starting takes no time for reading modules."""
        self._starter = Starter(ROOT, self._environment())
        try:
            yield
        finally:
            self.kill()
            self._starter.end()
            self._starter = None
            self.start()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "STUDYHUB_WALKS_DATABASE": self.database,
            "STUDYHUB_WALKS_FOLDER": str(self.folder),
            "STUDYHUB_WALKS_ADDRESS": self.address,
            "STUDYHUB_WALKS_MAIL": str(self.mail_port),
        }

    def kill(self) -> None:
        """Kill -9 of master and workers: nobody may say good-bye."""
        if self.number:
            os.killpg(self.number, signal.SIGKILL)
            if self.process:
                self.process.wait()
            self._wait_until_gone(self.number)
            self.process, self.number = None, 0

    def _wait_until_gone(self, group: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            time.sleep(0.01)
        raise TimeoutError("StudyHub did not die")

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._answers():
                return
            time.sleep(0.1)
        self.kill()
        raise TimeoutError("StudyHub did not start")

    def _answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/help")
                return connection.getresponse().status == 200
            except OSError:
                return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
