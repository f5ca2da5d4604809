"""Runs the background work: in a thread of the web server, or as `office run-jobs`.

However many processes there are on this machine, one of them works and the
others wait for the file lock, which the system gives on when that one dies,
however it dies. Between machines the leases of the rows do the same.
"""

import logging
import threading
from pathlib import Path
from typing import IO

from flask import Flask

from studyhub.apart import apart
from studyhub.chores import CHORES, HANDLERS
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.web.request import database

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no flock; the leases serve
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger("studyhub.jobs")

FIRST_LOOK = 3.0
"""Seconds after the start: people who wait for the first page come before."""

LOOK = 2.0
"""Seconds between two looks for work."""

LONGEST_WAIT = 300.0
"""Seconds between two looks when looking itself goes wrong, again and again."""


def runner(app: Flask, *, lengthy: bool | None = None, in_web: bool = False) -> Runner:
    """The background work of this installation; chores are done beside the jobs that are short.

    `in_web`: among the threads of the web server, so that what computes for long goes elsewhere.
    """
    known = app.extensions["studyhub"]
    with app.app_context():
        engine = database.engine
    tools = Tools(
        engine=engine,
        clock=known["clock"],
        zone=known["zone"],
        files=known["files"],
        settings=known["settings"],
    )
    handlers = [apart(one) if in_web and one.computes else one for one in HANDLERS]
    return Runner(tools, handlers, () if lengthy else CHORES, lengthy=lengthy)


def begin(app: Flask) -> threading.Thread:
    """Work in a thread of this process, from a moment after the start until the process ends."""
    thread = threading.Thread(
        target=work,
        args=(app, threading.Event(), FIRST_LOOK),
        kwargs={"in_web": True},
        name="jobs",
        daemon=True,
    )
    thread.start()
    return thread


def work(app: Flask, stop: threading.Event, wait: float = 0.0, *, in_web: bool = False) -> None:
    """Do what is due, look again, until told to stop; whatever goes wrong, look again.

    In two lines: what may take an hour holds up nothing else.
    """
    beside = threading.Thread(
        target=_line,
        args=(app, stop, wait),
        kwargs={"lengthy": True, "in_web": in_web},
        name="lengthy",
        daemon=True,
    )
    beside.start()
    _line(app, stop, wait, lengthy=False, in_web=in_web)


def _line(app: Flask, stop: threading.Event, wait: float, *, lengthy: bool, in_web: bool) -> None:
    stop.wait(wait)
    name = "lengthy.lock" if lengthy else "jobs.lock"
    with _place(Path(app.instance_path), name), app.app_context():
        ours = runner(app, lengthy=lengthy, in_web=in_web)
        wait = LOOK
        while not stop.wait(wait):
            wait = LOOK if _look(ours) else min(2 * wait, LONGEST_WAIT)


def _look(ours: Runner) -> bool:
    try:
        ours.run_due()
    except Exception:
        log.exception("the background work could not look for work")
        return False
    return True


def _place(folder: Path, name: str) -> IO[bytes]:
    """The place of the one who works; held until the process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    place = (folder / name).open("ab")
    if fcntl is not None:
        fcntl.flock(place, fcntl.LOCK_EX)
    return place
