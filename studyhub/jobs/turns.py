"""The deeds on chores: to take a turn that is due, and to say how it ended."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.jobs.models import ChoreRun
from studyhub.jobs.rules import LAST_PAUSE, pause_after, turn
from studyhub.jobs.work import Chore


def due(db: Session, chores: Iterable[Chore], *, now: datetime, zone: tzinfo) -> list[Chore]:
    """The chores whose turn has come, as it looks now; `begin` decides."""
    runs = {run.name: run for run in db.scalars(select(ChoreRun))}
    return [
        chore
        for chore in chores
        if chore.name not in runs
        or _is_due(runs[chore.name], turn(chore.every, now, at=chore.at, zone=zone), now)
    ]


def begin(db: Session, chore: Chore, *, now: datetime, zone: tzinfo) -> datetime | None:
    """Take the turn that is due; None when it has been taken, or done, by another process."""
    wanted = turn(chore.every, now, at=chore.at, zone=zone)
    run = _held(db, chore.name)
    if run is None or not _is_due(run, wanted, now):
        return None
    run.attempts, run.leased_until = run.attempts + 1, now + chore.lease
    return wanted


def finish(db: Session, chore: Chore, taken: datetime, *, now: datetime) -> None:
    """The turn is done."""
    run = db.get_one(ChoreRun, chore.name, with_for_update=True)
    if run.done_for is None or run.done_for < taken:
        run.done_for = taken
    run.attempts, run.leased_until, run.error, run.ended_at = 0, None, "", now


def fail(db: Session, chore: Chore, why: Exception, *, now: datetime) -> None:
    """It went wrong; it is tried again after a pause, for ever: a chore is never given up."""
    run = db.get_one(ChoreRun, chore.name, with_for_update=True)
    run.error = type(why).__name__
    run.leased_until = now + (pause_after(run.attempts) or LAST_PAUSE)


def _is_due(run: ChoreRun, wanted: datetime, now: datetime) -> bool:
    done = run.done_for is not None and run.done_for >= wanted
    taken = run.leased_until is not None and run.leased_until > now
    return not (done or taken)


def _held(db: Session, name: str) -> ChoreRun | None:
    """The row of this chore, made when it is not there; None when another process has it now."""
    which = select(ChoreRun).where(ChoreRun.name == name).with_for_update(skip_locked=True)
    run = db.scalars(which).one_or_none()
    if run is not None:
        return run
    try:
        with db.begin_nested():
            run = ChoreRun(name=name, attempts=0)
            db.add(run)
    except IntegrityError:
        return None
    return run
