"""A job is done at least once, tried again with growing pauses, and never lost."""

import logging
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from studyhub.jobs import queries, service
from studyhub.jobs.models import Job, JobState
from studyhub.jobs.rules import PAUSES
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.kernel.errors import Unfit

KIND = "test.count"


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("studyhub.jobs").setLevel(logging.CRITICAL)


def runner(tools: Tools, run: Callable[[Task], None]) -> Runner:
    return Runner(tools, [Handler(kind=KIND, run=run)], [])


def ask(tools: Tools, **payload: Any) -> UUID:
    with tools.writing() as db:
        return service.ask(db, KIND, now=tools.now(), **payload).id


def job(tools: Tools, job_id: UUID) -> Job:
    with tools.reading() as db:
        return db.get_one(Job, job_id)


def test_a_job_is_done_with_what_was_asked(tools: Tools) -> None:
    seen: list[object] = []
    asked = ask(tools, page=3)

    done = runner(tools, lambda task: seen.append(task.payload["page"])).run_due()

    assert (done, seen) == (1, [3])
    assert job(tools, asked).state is JobState.DONE
    assert runner(tools, lambda _: seen.append("again")).run_due() == 0


def test_what_is_refused_is_not_asked_for(tools: Tools) -> None:
    def deed() -> None:
        with tools.writing() as db:
            service.ask(db, KIND, now=tools.now())
            raise Unfit("The deed is refused.")

    with pytest.raises(Unfit):
        deed()

    with tools.reading() as db:
        assert queries.unfinished(db) == []


def test_a_failure_is_tried_again_after_growing_pauses_and_then_stays_visible(
    tools: Tools, hour: StoppedClock
) -> None:
    tried: list[timedelta] = []
    began = hour.moment
    asked = ask(tools)

    def fall(_: Task) -> None:
        tried.append(hour.moment - began)
        raise OSError("the text of somebody")

    for _ in range(60 * 24):
        runner(tools, fall).run_due()
        hour.advance(minutes=1)

    assert len(tried) == len(PAUSES) + 1
    gaps = [after - before for before, after in pairwise(tried)]
    assert all(gap >= pause for gap, pause in zip(gaps, PAUSES, strict=True))
    ended = job(tools, asked)
    assert (ended.state, ended.error) == (JobState.FAILED, "OSError")


def test_a_refusal_is_not_tried_again(tools: Tools) -> None:
    def refuse(_: Task) -> None:
        raise Unfit("This is no picture.")

    asked = ask(tools)

    runner(tools, refuse).run_due()

    assert job(tools, asked).state is JobState.FAILED


def test_a_job_that_is_not_due_waits(tools: Tools, hour: StoppedClock) -> None:
    with tools.writing() as db:
        service.ask(db, KIND, now=hour.moment, due_at=hour.moment + timedelta(hours=1))
    ours = runner(tools, lambda _: None)

    assert ours.run_due() == 0
    hour.advance(hours=1)
    assert ours.run_due() == 1


def test_whoever_held_it_too_long_no_longer_says_how_it_ended(
    tools: Tools, hour: StoppedClock
) -> None:
    asked = ask(tools)

    def dawdle(task: Task) -> None:
        hour.advance(minutes=30)
        if task.attempt == 1:
            runner(tools, dawdle).run_due()
            raise OSError

    runner(tools, dawdle).run_due()

    ended = job(tools, asked)
    assert (ended.state, ended.attempts) == (JobState.DONE, 2)


def test_whoever_says_how_far_it_is_keeps_it(tools: Tools, hour: StoppedClock) -> None:
    asked = ask(tools)

    def slowly(task: Task) -> None:
        for part in range(1, 6):
            hour.advance(minutes=4)
            task.progress(part * 20)
            assert runner(tools, slowly).run_due() == 0
        assert job(tools, asked).progress == 100

    assert runner(tools, slowly).run_due() == 1
    assert job(tools, asked).attempts == 1


def test_many_workers_take_each_job_once(tools: Tools) -> None:
    seen: list[object] = []
    for number in range(40):
        ask(tools, number=number)

    with ThreadPoolExecutor(4) as pool:
        work = runner(tools, lambda task: seen.append(task.payload["number"])).run_due
        for done in [pool.submit(work) for _ in range(4)]:
            done.result()

    assert sorted(seen, key=str) == sorted(range(40), key=str)


DYING = """
import os, signal, sys
from pathlib import Path
from zoneinfo import ZoneInfo
from datetime import datetime
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Handler, Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import connected

def die(task):
    os.kill(os.getpid(), signal.SIGKILL)

url, now = sys.argv[1:]
tools = Tools(engine=connected(url), clock=StoppedClock(datetime.fromisoformat(now)),
              zone=ZoneInfo("UTC"), files=FileStore(Path(".")),
              settings=Settings(secret_key="x", database_url=url))
Runner(tools, [Handler(kind="test.count", run=die)], []).run_due()
"""


def test_a_job_survives_the_death_of_its_worker(
    tools: Tools, hour: StoppedClock, address: str
) -> None:
    asked = ask(tools)
    died = subprocess.run(
        [sys.executable, "-c", DYING, address, hour.moment.isoformat()], check=False
    )
    ours = runner(tools, lambda _: None)

    assert died.returncode == -signal.SIGKILL
    assert (job(tools, asked).state, ours.run_due()) == (JobState.RUNNING, 0)
    hour.advance(minutes=6)
    assert ours.run_due() == 1
    assert (job(tools, asked).state, job(tools, asked).attempts) == (JobState.DONE, 2)


def test_a_job_that_kills_every_worker_fails_in_the_end(tools: Tools, hour: StoppedClock) -> None:
    asked = ask(tools)
    for _ in range(len(PAUSES) + 1):
        with tools.writing() as db:
            assert service.take(db, now=hour.moment) is not None
        hour.advance(minutes=2)

    with tools.writing() as db:
        assert service.take(db, now=hour.moment) is None
    assert (job(tools, asked).state, job(tools, asked).error) == (JobState.FAILED, "Abandoned")


def test_what_is_long_done_is_forgotten_but_never_a_failure(
    tools: Tools, hour: StoppedClock
) -> None:
    ask(tools)
    runner(tools, lambda _: None).run_due()
    with tools.writing() as db:
        kept = service.ask(db, "unknown.kind", now=hour.moment).id
        db.flush()
        db.get_one(Job, kept).state = JobState.FAILED
    hour.advance(days=31)

    service.forget_done(tools)

    with tools.reading() as db:
        assert db.scalars(select(Job.id)).all() == [kept]


def test_what_takes_an_hour_has_a_line_of_its_own(tools: Tools) -> None:
    done: list[str] = []
    handlers = [
        Handler(kind="test.film", run=lambda _: done.append("film"), lengthy=True),
        Handler(kind="test.letter", run=lambda _: done.append("letter")),
    ]
    with tools.writing() as db:
        for kind in ("test.film", "test.letter"):
            service.ask(db, kind, now=tools.now())

    assert Runner(tools, handlers, [], lengthy=False).run_due() == 1
    assert done == ["letter"]
    assert Runner(tools, handlers, [], lengthy=True).run_due() == 1
    assert done == ["letter", "film"]
