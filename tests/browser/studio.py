"""A studio for the live walk: a real nginx-rtmp, StudyHub behind it, ffmpeg that sends."""

import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from studyhub.jobs.work import Tools
from studyhub.kernel.clock import SystemClock
from studyhub.models import Base
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.browser.server import Server
from tests.databases import connected
from tools import media

PATIENCE = 60


class Station(Server):
    """StudyHub behind a media server; people come in at the media server's address."""

    app = "tests.browser.going:app"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        secret = secrets.token_hex(24)
        there = f"http://127.0.0.1:{self.port}"
        self.media = media.MediaServer(folder / "media", studyhub=there, secret=secret)
        self.media.folder.mkdir()

    @contextmanager
    def running(self) -> Iterator[Engine]:
        """Both of them run within the block; the engine is on its database."""
        engine = connected(self.database, durable=True)
        Base.metadata.create_all(engine)
        self.media.start()
        self.start()
        try:
            yield engine
        finally:
            self.kill()
            self.media.stop()
            engine.dispose()

    def tools(self, engine: Engine) -> Tools:
        """The background work beside it, which does none of its own in a walk."""
        return Tools(
            engine=engine,
            clock=SystemClock(),
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
            files=FileStore(self.folder / "files"),
            settings=Settings(
                secret_key="walks",
                database_url=self.database,
                live_publish_url=self.media.publish_url,
                live_secret=self.media.secret,
                live_recordings=str(self.media.recordings),
            ),
        )

    def _environment(self) -> dict[str, str]:
        return {
            **super()._environment(),
            "STUDYHUB_WALKS_PUBLISH": self.media.publish_url,
            "STUDYHUB_WALKS_SECRET": self.media.secret,
            "STUDYHUB_WALKS_RECORDINGS": str(self.media.recordings),
        }


@contextmanager
def sending(to: str, key: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A test picture comes in within the block, unless it is refused."""
    process = subprocess.Popen(media.picture(f"{to}/{key}"), stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def is_refused(to: str, key: str) -> bool:
    """Whether the media server turns away who sends with this key."""
    command = media.picture(f"{to}/{key}", seconds=5)
    done = subprocess.run(command, check=False, stderr=subprocess.DEVNULL, timeout=PATIENCE)
    return done.returncode != 0
