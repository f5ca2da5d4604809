"""The town of the measurements: true to its own figures, and with work for everybody."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks import scene, town
from benchmarks.beginners import let_begin
from studyhub.kernel.clock import SystemClock
from studyhub.reconciliation import service as reconciliation
from tests.databases import empty

SMALL = town.Size(cells=3, members_of_a_cell=20, rounds=3)


@pytest.fixture
def settled(engine: Engine) -> Iterator[Engine]:
    """A database with a small town in it."""
    town.settle(engine, SMALL)
    yield engine
    empty(engine)


def test_every_figure_of_the_town_agrees_with_its_rows(settled: Engine) -> None:
    with Session(settled) as db:
        found = reconciliation.recount(db, by=None, now=SystemClock().now())

    assert found == []


def test_the_scene_has_work_for_everybody(settled: Engine) -> None:
    seen = scene.look(settled, drafts=40)

    assert len(seen.drafts) == 40
    assert len({draft.author for draft in seen.drafts}) == 40
    assert seen.reviews
    assert len(seen.cells) == SMALL.cells
    assert len(seen.committees) == 1


def test_those_who_have_not_begun_can_be_let_begin(settled: Engine) -> None:
    before = len(scene.look(settled, drafts=1000).drafts)

    let_begin(settled, at_most=5)

    assert len(scene.look(settled, drafts=1000).drafts) == before + 5
    with Session(settled) as db:
        assert reconciliation.recount(db, by=None, now=SystemClock().now()) == []
