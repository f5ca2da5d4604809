"""An act is undone: everything is as before, unless something stands on it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress, Tally
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, Untimely
from studyhub.org import service as org
from studyhub.org.models import Appointment, Membership, Transfer, Unit
from studyhub.org.succession import Act, Stage, Succession
from studyhub.reconciliation.service import differences
from studyhub.reorganization import service
from studyhub.rounds.models import Summons
from tests.org.people import membership_of
from tests.reorganization.office import DAY, decide, names_in
from tests.world import NOW, TODAY, World

LAST = DAY - timedelta(days=1)


def test_undoing_restores_every_row(db: Session, world: World) -> None:
    round_ = world.round()
    world.essay(world.hoa, round_=round_, state=State.SUBMITTED)
    before = _everything(db)

    act = decide(world, Act.MERGE, world.other_cell, to=world.cell, secretary=world.chi.id)
    changed = _everything(db)
    _undo(world, act)

    assert changed != before
    assert _everything(db) == before
    assert act.stage is Stage.UNDONE
    assert db.scalars(select(Succession)).all() == []
    assert differences(db, round_) == []
    kept = db.scalars(select(Transfer)).all()
    assert {one.taken_back_at for one in kept} == {NOW}, "the record of it stays"


def test_after_an_undo_the_same_can_be_done_properly_on_the_same_day(
    db: Session, world: World
) -> None:
    wrong = decide(world, Act.MERGE, world.other_cell, to=world.cell)
    _undo(world, wrong)

    decide(world, Act.MERGE, world.cell, to=world.other_cell)

    assert names_in(db, world.other_cell) == ["An", "Bình", "Chi", "Giang", "Hoa", "Lan"]


def test_what_something_stands_on_is_not_undone(db: Session, world: World) -> None:
    act = decide(world, Act.MERGE, world.other_cell, to=world.cell)
    third = world._unit("1/3/", world.cell.kind, "Chi bộ Ba", world.district)
    later = TODAY + timedelta(days=2)
    org.transfer(db, membership_of(db, world.hoa), third, on=later, by=None, now=NOW)

    with pytest.raises(Conflict, match="Vũ Thị Hoa"):
        _undo(world, act)


def test_after_a_month_nothing_is_undone(db: Session, world: World) -> None:
    act = decide(world, Act.MERGE, world.other_cell, to=world.cell)

    with pytest.raises(Untimely):
        service.undo(
            db, act, basis="nhầm", by=world.actor(world.dung), now=NOW + timedelta(days=31)
        )


def _undo(world: World, act: object) -> None:
    service.undo(
        world.db, act, basis="Ghi nhầm chi bộ", by=world.actor(world.dung), now=NOW  # type: ignore[arg-type]
    )  # fmt: skip


def _everything(db: Session) -> dict[str, set[tuple[str, ...]]]:
    """Every row that an act may touch, as plain values."""
    db.flush()
    db.expire_all()
    found = {}
    for model in (Unit, Membership, Appointment, Tally, Progress, Summons, Essay):
        columns = [c for c in model.__table__.columns if c.name not in _MAY_GROW]
        rows = db.execute(select(*columns))
        found[model.__name__] = {tuple(str(value) for value in row) for row in rows}
    found["Tally"] = {row for row in found["Tally"] if row[-10:] != ("0",) * 10}
    return found


_MAY_GROW = {"children_ever", "updated_at"}
