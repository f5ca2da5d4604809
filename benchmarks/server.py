"""StudyHub under gunicorn, as `./dev run` starts it, on an instance folder of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from benchmarks.databases import Database
from studyhub.settings import ROOT

WORKERS = 2
OPTIONS = f"-w {WORKERS} -k gthread --threads 16 --no-control-socket --log-level warning"
"""The same as in `./dev run`."""

PATIENCE = 30


@dataclass(frozen=True)
class Server:
    """A running StudyHub: its port, and the processes whose CPU time is counted."""

    port: int
    roots: tuple[int, ...]

    def cpu_seconds(self) -> float:
        """What web server and database have used so far."""
        return processes.cpu_seconds(self.roots)

    def memory(self) -> float:
        """Megabytes they hold together."""
        return processes.memory(self.roots)


@contextmanager
def running(folder: Path, database: Database) -> Iterator[Server]:
    """Serve this database until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "benchmarks.wsgi:app", *OPTIONS.split()]
    command += ["--bind", f"127.0.0.1:{port}"]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(folder, database), stdout=log, stderr=log
        )
    try:
        _wait_for(port, process, folder)
        roots = (process.pid, database.process) if database.process else (process.pid,)
        yield Server(port, roots)
    finally:
        process.terminate()
        process.wait()


def prepare_demonstration(folder: Path, database: Database) -> str:
    """Set up the embedded default with the demonstration; says why when it cannot be."""
    command = [sys.executable, "-m", "flask", "--app", "benchmarks.wsgi", "office", "prepare"]
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment(folder, database),
        capture_output=True,
        text=True,
    )
    return _last_word(done.stderr) if done.returncode else ""


def _last_word(said: str) -> str:
    """The line of a traceback that says what went wrong."""
    lines = [line for line in said.splitlines() if line and line[0] not in " ([^"]
    return lines[-1] if lines else "it says nothing"


def environment(folder: Path, database: Database) -> dict[str, str]:
    """Ours, without settings that are meant for another StudyHub."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("STUDYHUB_")}
    return {
        **inherited,
        "STUDYHUB_BENCH_FOLDER": str(folder),
        "STUDYHUB_DATABASE_URL": database.url,
        "STUDYHUB_SECURE_COOKIES": "false",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            all_there = len(processes.family([process.pid])) > WORKERS
            if all_there and probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    said = (folder / "server.log").read_text("utf-8")[-2000:]
    raise RuntimeError(f"the server did not start:\n{said}")
