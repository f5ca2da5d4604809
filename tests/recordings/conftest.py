"""A session that is over, and the installation as background work sees it."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from studyhub.study.models import StudySession
from tests.databases import empty
from tests.recordings.films import over
from tests.world import NOW, World


@pytest.fixture
def session(world: World) -> StudySession:
    """Of an open round in which watching counts."""
    return over(world)


@pytest.fixture
def tools(engine: Engine, tmp_path: Path) -> Tools:
    """Tools on the database of the test."""
    return Tools(
        engine=engine,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path / "files"),
        settings=Settings(secret_key="test", database_url=str(engine.url)),
    )


@pytest.fixture
def kept(engine: Engine, tools: Tools) -> Iterator[World]:
    """The world, committed for a job to see, and emptied afterwards."""
    with Session(engine, expire_on_commit=False) as db:
        world = World(db)
        db.commit()
        yield world
        db.rollback()
    empty(engine)
