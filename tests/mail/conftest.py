"""The installation with a mail server, and a receiver at the other end."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.mail.service import MAIL
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import empty
from tests.mail.receiver import HOST, Receiver, receiving
from tests.world import NOW, World

KEY = "test"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A mail server that takes everything."""
    with receiving(Receiver()) as listening:
        yield listening


@pytest.fixture
def hour() -> StoppedClock:
    """A clock that stands at NOW."""
    return StoppedClock(NOW)


@pytest.fixture
def tools(
    engine: Engine, hour: StoppedClock, receiver: Receiver, tmp_path: Path
) -> Iterator[Tools]:
    """Background work on the database of the test, with that server in the settings."""
    settings = Settings(
        secret_key=KEY,
        database_url=str(engine.url),
        public_url="https://hoctap.example.vn/",
        smtp_host=HOST,
        smtp_port=receiver.port,
        smtp_security="none",
        mail_from="hoctap@example.vn",
    )
    yield Tools(
        engine=engine.execution_options(**{MAIL: True}),
        clock=hour,
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path),
        settings=settings,
    )
    empty(engine)


@pytest.fixture
def village(tools: Tools) -> Iterator[World]:
    """The world, committed, and everybody's address confirmed."""
    with Session(tools.engine, expire_on_commit=False) as db:
        world = World(db)
        for person in world.everyone:
            person.email_confirmed_at = NOW
        db.commit()
        yield world
        db.rollback()


Change = Callable[..., Tools]


@pytest.fixture
def with_settings(tools: Tools) -> Change:
    """The same tools with other settings."""
    return lambda **changes: replace(tools, settings=replace(tools.settings, **changes))
