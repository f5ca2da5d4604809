"""A real gunicorn with two workers, to be started, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0


class Server:
    """StudyHub on a port of its own, over one database file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder}/walk.sqlite"
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [
            sys.executable, "-m", "gunicorn", "tests.browser.stopped:app", "-w", "2", "-k",
            "gthread", "--threads", "8", "--bind", f"127.0.0.1:{self.port}",
            "--no-control-socket", "--log-level", "critical",
        ]  # fmt: skip
        environment = {
            **os.environ,
            "STUDYHUB_WALKS_DATABASE": self.database,
            "STUDYHUB_WALKS_FOLDER": str(self.folder),
        }
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        self._wait()

    def kill(self) -> None:
        """Kill -9 of master and workers: nobody may say good-bye."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._answers():
                return
            time.sleep(0.1)
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
