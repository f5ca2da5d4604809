"""Fixtures every test may ask for: a database of each kind, and the world in it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from studyhub.models import Base
from tests.databases import KINDS, connected, served
from tests.world import World

pytest_plugins = ["tests.application"]


@pytest.fixture(scope="session", params=KINDS)
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with every table and no row: once on each kind."""
    with served(request.param) as url:
        yield url


@pytest.fixture(scope="session")
def engine(address: str) -> Iterator[Engine]:
    """An engine on it."""
    engine = connected(address)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """A session whose work is undone after the test: services never commit."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def world(db: Session) -> World:
    """The cast, in a database that forgets them after the test."""
    return World(db)
