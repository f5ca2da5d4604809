"""A cinema for the walks: StudyHub by the clock of the machine, and a session that is over."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import SystemClock
from studyhub.models import Base
from studyhub.recordings import making
from studyhub.recordings.models import Recording, Watching
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from tests.browser.server import Server
from tests.databases import connected
from tests.world import World


class Cinema(Server):
    """StudyHub by the clock of the machine: time must pass for anything to be watched."""

    app = "tests.browser.going:app"

    def _environment(self) -> dict[str, str]:
        return {
            **super()._environment(),
            "STUDYHUB_WALKS_PUBLISH": "rtmp://127.0.0.1/live",
            "STUDYHUB_WALKS_SECRET": secrets.token_hex(24),
            "STUDYHUB_WALKS_RECORDINGS": str(self.folder),
        }


@dataclass
class Shown:
    """The organization with a session that is over, and the background work."""

    world: World
    session: StudySession
    tools: Tools
    address: str

    def make(self) -> Recording:
        """Have the job done, and look at the recording."""
        Runner(self.tools, [making.HANDLER], []).run_due()
        with Session(self.tools.engine) as db:
            return db.scalars(select(Recording)).one()

    def seen(self) -> list[list[int]]:
        """What the server knows that An has watched."""
        with Session(self.tools.engine) as db:
            return db.scalars(select(Watching.spans)).one()

    def presence(self) -> tuple[Presence, Basis | None] | None:
        """How An is recorded."""
        with Session(self.tools.engine) as db:
            row = db.get(Attendance, (self.session.id, self.world.an.id))
            return (row.presence, row.basis) if row else None


@contextmanager
def showing(tmp_path: Path) -> Iterator[Shown]:
    """It runs within the block."""
    server = Cinema(tmp_path)
    engine = connected(server.database, durable=True)
    Base.metadata.create_all(engine)
    moment = SystemClock().now()
    with Session(engine, expire_on_commit=False) as db:
        world = World(db)
        times = {
            "starts_at": moment - timedelta(hours=3), "ends_at": moment - timedelta(hours=1),
            "check_in_opens_at": moment - timedelta(hours=3),
            "check_in_closes_at": moment - timedelta(hours=2),
        }  # fmt: skip
        session = world.session(world.round(watching_counts=True), **times)
        db.commit()
        tools = Tools(
            engine=engine, clock=SystemClock(), zone=ZoneInfo("Asia/Ho_Chi_Minh"),
            files=FileStore(tmp_path / "files"),
            settings=Settings(secret_key="walks", database_url=server.database),
        )  # fmt: skip
        server.start()
        yield Shown(world, session, tools, server.address)
        server.kill()
    engine.dispose()
