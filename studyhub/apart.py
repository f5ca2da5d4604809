"""A job in a process of its own: what computes for long leaves the threads of the web server alone.

They would have to share one interpreter with it, and its memory. The process is told everything
on its standard input, secrets too, and ends when that closes: with whoever has started it.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine

from studyhub.chores import HANDLERS
from studyhub.jobs.models import Job
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel import sqlite
from studyhub.kernel.clock import SystemClock
from studyhub.mail.service import MAIL
from studyhub.settings import ROOT, Settings
from studyhub.storage.files import FileStore

CONNECTIONS = 2


class EndedEarly(Exception):
    """The process has ended before the job was done; what it said stands in the log."""


def apart(handler: Handler) -> Handler:
    """The same, each job in a process of its own."""
    return replace(handler, run=_do)


def _do(task: Task) -> None:
    """Start it, tell it which job, wait."""
    tools = task.tools
    told = {
        "settings": asdict(tools.settings),
        "database": tools.engine.url.render_as_string(hide_password=False),
        "files": str(tools.files.root.resolve()),
        "job": str(task.id),
        "attempt": task.attempt,
    }
    command = [sys.executable, "-m", "studyhub.apart"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT) as process:  # noqa: S603 - our own program
        if process.stdin is None:
            raise EndedEarly
        process.stdin.write(json.dumps(told).encode() + b"\n")
        process.stdin.flush()
        code = process.wait()
    if code:
        raise EndedEarly(f"code {code}")


def main() -> None:
    """Do the one job; how it ended is said by whoever has started this."""
    told = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    tools = _tools(told)
    runner = Runner(tools, HANDLERS, ())
    with tools.reading() as db:
        job = db.get(Job, UUID(told["job"]))
    if job is not None and job.attempts == told["attempt"]:
        runner.handlers[job.kind].run(runner.task_of(job))
    tools.engine.dispose()


def _end_with_the_other() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _tools(told: dict[str, str]) -> Tools:
    settings = Settings(**told["settings"])  # type: ignore[arg-type]  # as `asdict` has told them
    engine = create_engine(
        told["database"],
        hide_parameters=True,
        execution_options={MAIL: settings.sends_mail},
        **({} if told["database"].startswith("sqlite") else {"pool_size": CONNECTIONS}),
    )
    sqlite.prepare(engine)
    return Tools(
        engine=engine,
        clock=SystemClock(),
        zone=ZoneInfo(settings.timezone),
        files=FileStore(Path(told["files"])),
        settings=settings,
    )


if __name__ == "__main__":
    main()
