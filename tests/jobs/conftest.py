"""The installation as background work sees it, on a database that is emptied afterwards."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import empty
from tests.world import NOW


@pytest.fixture
def hour() -> StoppedClock:
    """A clock that stands at NOW."""
    return StoppedClock(NOW)


@pytest.fixture
def tools(engine: Engine, hour: StoppedClock, tmp_path: Path) -> Iterator[Tools]:
    """Tools on the database of the test."""
    yield Tools(
        engine=engine,
        clock=hour,
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path),
        settings=Settings(secret_key="test", database_url=str(engine.url)),
    )
    empty(engine)
