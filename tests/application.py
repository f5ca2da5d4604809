"""The application on each kind of database, as fixtures for pages and commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from studyhub.app import create_app
from studyhub.kernel.clock import StoppedClock
from studyhub.settings import Settings
from tests.databases import empty
from tests.world import NOW, World

_CLOCK = StoppedClock(NOW)


@pytest.fixture(scope="session")
def app(engine: Engine, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """StudyHub, as people reach it, with a stopped clock."""
    folder: Path = tmp_path_factory.mktemp("instance")
    settings = Settings(
        secret_key="test",
        database_url=address,
        secure_cookies=False,
        development=True,
        pool_size=4,
    )
    app = create_app(settings, clock=_CLOCK, instance_path=str(folder))
    app.testing = True
    yield app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def clock() -> Iterator[StoppedClock]:
    """The clock of the application, at NOW when the test begins."""
    _CLOCK.moment = NOW
    yield _CLOCK
    _CLOCK.moment = NOW


@pytest.fixture
def empty_database(app: Flask, engine: Engine) -> Iterator[Session]:
    """The application's database with nothing in it; emptied afterwards."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()
    empty(engine)


@pytest.fixture
def town(empty_database: Session) -> World:
    """The world, committed for the application to see."""
    world = World(empty_database)
    empty_database.commit()
    return world
