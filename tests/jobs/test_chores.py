"""A chore is done once for each turn, however many processes look at the clock."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from studyhub.jobs import queries
from studyhub.jobs.rules import Every, turn
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Chore, Tools
from studyhub.kernel.clock import StoppedClock

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "now", "due"),
    [
        (Every.MINUTE, "2026-11-25T02:00:59", "2026-11-25T02:00:00"),
        (Every.HOUR, "2026-11-25T02:59:59", "2026-11-25T02:00:00"),
        (Every.DAY, "2026-11-24T19:00:00", "2026-11-24T19:00:00"),  # 02:00 in Hà Nội
        (Every.DAY, "2026-11-24T18:59:59", "2026-11-23T19:00:00"),
    ],
)
def test_a_turn_is_the_last_moment_at_which_it_fell_due(every: Every, now: str, due: str) -> None:
    assert turn(every, at(now), at=time(2), zone=HANOI) == at(due)


def runner(tools: Tools, run: Callable[[Tools], None], every: Every = Every.MINUTE) -> Runner:
    return Runner(tools, [], [Chore(name="test", run=run, every=every)])


def test_a_chore_is_done_once_a_turn(tools: Tools, hour: StoppedClock) -> None:
    done: list[datetime] = []
    ours = runner(tools, lambda tools: done.append(tools.now()), Every.HOUR)

    for _ in range(121):
        ours.run_due()
        hour.advance(minutes=1)

    assert len(done) == 3


def test_many_processes_do_it_once(tools: Tools, hour: StoppedClock) -> None:
    done: list[int] = []
    for _ in range(5):
        with ThreadPoolExecutor(4) as pool:
            work = runner(tools, lambda _: done.append(1)).run_due
            for each in [pool.submit(work) for _ in range(4)]:
                each.result()
        hour.advance(minutes=1)

    assert len(done) == 5


def test_a_chore_that_fails_says_so_and_is_tried_again(tools: Tools, hour: StoppedClock) -> None:
    logging.getLogger("studyhub.jobs").setLevel(logging.CRITICAL)
    tries: list[int] = []

    def fall(_: Tools) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OSError

    ours = runner(tools, fall, Every.DAY)
    ours.run_due()
    with tools.reading() as db:
        assert queries.chores(db)[0].error == "OSError"
    for _ in range(10):
        hour.advance(minutes=1)
        ours.run_due()

    assert len(tries) == 3
    with tools.reading() as db:
        assert queries.chores(db)[0].error == ""


def test_a_chore_whose_worker_died_is_taken_over(tools: Tools, hour: StoppedClock) -> None:
    done: list[int] = []

    def die(_: Tools) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner(tools, die, Every.DAY).run_due()
    ours = runner(tools, lambda _: done.append(1), Every.DAY)

    assert ours.run_due() == 0
    hour.advance(minutes=11)
    assert ours.run_due() == 1
