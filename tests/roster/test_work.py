"""The job that takes a list over: once or not at all, whoever dies on the way."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from studyhub.accounts.models import User
from studyhub.chores import HANDLERS
from studyhub.jobs.models import Job, JobState
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.org.models import Unit
from studyhub.roster import looking, preparing, work
from studyhub.roster.outcome import Wish
from studyhub.roster.waiting import Waiting
from tests.roster.lists import plan_of
from tests.roster.makers import person, xlsx
from tests.world import NOW, TODAY, World

ROWS = [
    person("Đặng Văn Mới", cell="Chi bộ Mới", post="Bí thư chi bộ"),
    person("Hồ Thị Dự", "1/2/1999", "000000000002", "Chi bộ Mới", official=""),
]

WORKER = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
import studyhub.chores
from studyhub.jobs import service
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.roster import work
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import connected

url, now, folder, moment = sys.argv[1:]

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if moment == "after the commit":
    service.finish = die
after = die if moment == "amid the writing" else lambda *_: None
if moment == "while preparing":
    work.prepare = die
tools = Tools(engine=connected(url), clock=StoppedClock(datetime.fromisoformat(now)),
              zone=ZoneInfo("Asia/Ho_Chi_Minh"), files=FileStore(Path(folder)),
              settings=Settings(secret_key="x", database_url=url))
Runner(tools, work.handlers(after), []).run_due()
"""


def asked(tools: Tools, town: World, kind: str = work.APPLY) -> Job:
    """The applying of the list, as it was shown."""
    seen = plan_of(town, *ROWS).fingerprint
    town.db.rollback()
    waiting = Waiting.beside(tools.files)
    key = waiting.keep(xlsx(ROWS), now=tools.now())
    wish = Wish(key, "danh sách.xlsx", TODAY, seen=seen)
    with tools.writing() as db:
        unit = db.get_one(Unit, town.district.id)
        return work.ask(db, unit, kind, wish, waiting, by=town.em.id, now=tools.now())


def runner(tools: Tools) -> Runner:
    return Runner(tools, HANDLERS, [])


def job(tools: Tools, which: Job) -> Job:
    with tools.reading() as db:
        return db.get_one(Job, which.id)


def people(tools: Tools) -> int:
    with tools.reading() as db:
        return db.scalar(select(func.count()).select_from(User)) or 0


def far(tools: Tools, which: Job) -> looking.HowFar:
    waiting = Waiting.beside(tools.files)
    return looking.how_far(job(tools, which), waiting, now=tools.now())


@pytest.mark.parametrize(
    ("moment", "is_written"),
    [("while preparing", False), ("amid the writing", False), ("after the commit", True)],
)
def test_a_worker_that_is_killed_leaves_nothing_or_all(
    tools: Tools, town: World, hour: StoppedClock, address: str, moment: str, *, is_written: bool
) -> None:
    before, which = people(tools), asked(tools, town)

    died = subprocess.run(
        [sys.executable, "-c", WORKER, address, NOW.isoformat(), str(tools.files.root), moment],
        check=False,
    )

    assert died.returncode == -signal.SIGKILL
    assert people(tools) == before + 2 * is_written
    assert job(tools, which).state is JobState.RUNNING
    assert (far(tools, which).applied is not None) is is_written
    hour.advance(minutes=3)
    assert far(tools, which).is_left_behind
    assert runner(tools).run_due() == 1
    assert people(tools) == before + 2
    assert far(tools, which).applied == {"added": 2, "changed": 0, "founded": 1}
    assert job(tools, which).state is JobState.DONE


def test_one_that_was_silent_too_long_writes_nothing_more(
    tools: Tools, town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another has taken the job meanwhile: the token is the number of the attempt."""
    before, which = people(tools), asked(tools, town)
    prepare = preparing.prepare

    def prepare_for_too_long(*args: object) -> object:
        with tools.writing() as db:
            db.get_one(Job, which.id).attempts += 1
        return prepare(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "prepare", prepare_for_too_long)
    runner(tools).run_due()

    assert people(tools) == before
    assert job(tools, which).state is JobState.RUNNING


def test_where_the_register_keeps_moving_it_is_done_in_the_line(
    tools: Tools, town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else of the unit is corrected again and again: the plan stays the same."""
    before = people(tools)
    asked(tools, town)
    prepare, turns = preparing.prepare, list[int]()

    def prepare_slowly(*args: object) -> object:
        prepared = prepare(*args)  # type: ignore[arg-type]
        turns.append(1)
        if len(turns) <= work.TRIES:
            with tools.writing() as db:
                db.get_one(User, town.an.id).phone = f"09000000{len(turns):02}"
        return prepared

    monkeypatch.setattr(work, "prepare", prepare_slowly)
    runner(tools).run_due()

    assert (people(tools), len(turns)) == (before + 2, work.TRIES + 1)
