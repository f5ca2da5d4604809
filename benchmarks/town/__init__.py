"""A ward for the measurements: 2,500 members in 100 cells, with the work of 10 rounds."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks.town import people, rounds, work
from benchmarks.town.rows import Rows
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.reconciliation import service as reconciliation


@dataclass(frozen=True)
class Size:
    """How large a town is."""

    cells: int = 100
    members_of_a_cell: int = 25
    rounds: int = 10

    def __str__(self) -> str:
        members = f"{self.cells * self.members_of_a_cell:,} members in {self.cells} cells"
        return f"{members} × {self.rounds} rounds"


def settle(engine: Engine, size: Size) -> None:
    """Fill an empty database; every figure in it agrees with the rows it stands for."""
    now, rows = SystemClock().now(), Rows()
    ward = people.settle(rows, cells=size.cells, members=size.members_of_a_cell)
    for planned in rounds.plan(rows, ward, count=size.rounds, now=now):
        work.do(rows, ward, planned)
    with Session(engine) as db:
        db.connection(execution_options={WRITES: True})
        rows.insert(db)
        db.commit()
    _check(engine)


def _check(engine: Engine) -> None:
    with Session(engine) as db:
        found = reconciliation.recount(db, by=None, now=SystemClock().now())
        db.rollback()
    if found:
        raise RuntimeError(f"the town does not add up: {len(found)} differences, first {found[0]}")
