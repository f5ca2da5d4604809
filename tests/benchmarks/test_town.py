"""The town of the measurements: true to its own figures, and with work for everybody."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks import scene, town
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
