"""Cells and organizations move in the tree; organizations are merged."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.policy import judge_essay
from studyhub.completion.models import Tally
from studyhub.essays.lifecycle import State
from studyhub.kernel.errors import Unfit
from studyhub.org import successions
from studyhub.org.models import Unit, UnitKind
from studyhub.org.succession import Act
from studyhub.reconciliation.service import differences
from studyhub.reorganization import service
from tests.reorganization.office import DAY, decide
from tests.world import NOW, World

LAST = DAY - timedelta(days=1)


@pytest.fixture
def branch(world: World) -> Unit:
    """A second organization below the district, with a cell and a member of its own."""
    org_ = world._unit("1/5/", UnitKind.PARTY_ORG, "Đảng bộ Trung tâm", world.district)
    world.district.children_ever = 5
    cell = world._unit("1/5/1/", UnitKind.CELL, "Chi bộ Kỹ thuật", org_)
    org_.children_ever = 1
    world.person("Trịnh Văn Khôi", cell)
    world.db.flush()
    return org_


def test_a_cell_moves_below_another_organization_with_its_work(
    db: Session, world: World, branch: Unit
) -> None:
    round_ = world.round()
    essay = world.essay(world.hoa, round_=round_, state=State.SUBMITTED)

    act = decide(world, Act.MOVE, world.other_cell, to=branch)

    assert world.other_cell.path == "1/5/2/"
    assert db.get_one(Tally, (round_.id, branch.id)).required == 2
    assert judge_essay(world.actor(world.chi), essay)
    assert differences(db, round_) == []

    _undo(world, act)
    assert world.other_cell.path == "1/2/"
    assert differences(db, round_) == []


def test_a_finished_round_stays_as_it_was_when_a_unit_moves(
    db: Session, world: World, branch: Unit
) -> None:
    round_ = world.round()
    before = _figures(db, round_.id)

    decide(world, Act.MOVE, world.other_cell, to=branch, rounds={str(round_.id): "finish"})

    assert _figures(db, round_.id) == before
    assert differences(db, round_) == []


def test_an_organization_is_merged_with_all_below_it(
    db: Session, world: World, branch: Unit
) -> None:
    other = world._unit("1/6/", UnitKind.PARTY_ORG, "Đảng bộ Chi cục", world.district)
    db.flush()
    cell = _unit(db, "Chi bộ Kỹ thuật")

    act = decide(world, Act.MERGE, branch, to=other)

    assert (cell.parent, cell.path, branch.until) == (other, "1/6/1/", LAST)
    assert successions.successors_of(db, branch) == [other]

    _undo(world, act)
    assert (cell.parent, cell.path, branch.until) == (branch, "1/5/1/", None)


def test_the_root_neither_moves_nor_ends(db: Session, world: World, branch: Unit) -> None:
    with pytest.raises(Unfit):
        decide(world, Act.MOVE, world.district, to=branch)
    with pytest.raises(Unfit):
        decide(world, Act.DISSOLVE, world.district)


def test_an_organization_with_units_below_is_not_dissolved(
    db: Session, world: World, branch: Unit
) -> None:
    with pytest.raises(Unfit, match="below it"):
        decide(world, Act.DISSOLVE, branch)


def _unit(db: Session, name: str) -> Unit:
    return db.scalars(select(Unit).where(Unit.name == name)).one()


def _figures(db: Session, round_id: object) -> set[tuple[object, ...]]:
    rows = db.execute(select(*Tally.__table__.columns).where(Tally.round_id == round_id))
    return {tuple(row) for row in rows}


def _undo(world: World, act: object) -> None:
    service.undo(
        world.db, act, basis="Ghi nhầm", by=world.actor(world.dung), now=NOW  # type: ignore[arg-type]
    )  # fmt: skip
