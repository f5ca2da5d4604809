"""The clock and the tools of background work, and a world that others see."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import empty
from tests.jobs.conftest import hour, tools
from tests.world import World

__all__ = ["hour", "tools", "town"]


@pytest.fixture
def town(engine: Engine) -> Iterator[World]:
    """The world, committed for those who work in the background; emptied afterwards."""
    with Session(engine, expire_on_commit=False) as db:
        world = World(db)
        db.commit()
        yield world
    empty(engine)
