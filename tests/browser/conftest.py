"""A real browser, a real server, and the world in its database."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.schema import migrate
from tests.browser.people import Person
from tests.browser.server import Server
from tests.databases import connected, empty
from tests.world import World

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser, and some of it takes its time."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that STUDYHUB_BROWSER names."""
    path = os.environ.get("STUDYHUB_BROWSER") or next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """StudyHub under gunicorn, over a database made by the migrations."""
    server = Server(tmp_path_factory.mktemp("walk"))
    engine = connected(server.database, durable=True)
    migrate(engine)
    engine.dispose()
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def walked(server: Server) -> Iterator[Engine]:
    """An engine on the server's database."""
    engine = connected(server.database, durable=True)
    yield engine
    engine.dispose()


@pytest.fixture
def city(walked: Engine) -> Iterator[World]:
    """The world in the server's database; emptied afterwards."""
    with Session(walked, expire_on_commit=False) as session:
        world = World(session)
        session.commit()
        yield world
        session.rollback()
    empty(walked)


@pytest.fixture
def at_work(chromium: Browser, server: Server) -> Iterator[Callable[..., Person]]:
    """`at_work(city.an)`: An at a machine, signed in; `script=False`, `size=PHONE` as wanted."""
    people: list[Person] = []

    def sit_down(user: User | None, **machine: object) -> Person:
        person = Person(chromium, server.address, **machine)  # type: ignore[arg-type]
        people.append(person)
        return person.signs_in(user) if user else person

    yield sit_down
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        person.context.close()
    assert faults == []
