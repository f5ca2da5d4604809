"""How StudyHub uses SQLite: safely, from several processes, and in an orderly queue.

Left to its defaults, SQLAlchemy over SQLite loses updates silently (two
transactions read, both write, the later wins). Hence: explicit BEGIN, and
BEGIN IMMEDIATE for whoever means to write. Writers wait for each other on a
file lock instead of SQLite's polling, which cuts the longest waits tenfold.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no flock; SQLite's own waiting serves
    fcntl = None  # type: ignore[assignment]

WRITES = "studyhub_writes"
"""The execution option that says: this transaction is going to write."""

_PLACE = "studyhub_place_in_line"


def prepare(engine: Engine) -> None:
    """Teach an engine these manners; does nothing for other databases."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "commit", _commit)
        event.listen(engine, "rollback", _rollback)


@contextmanager
def references_unwatched(connection: Connection) -> Iterator[None]:
    """For migrations: SQLite alters a table by making it anew, and while it is gone others refer
    to nothing. References can only be let out of sight between two transactions.

    `require_references` says whether all is well before the commit. Other databases need none.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    _tell(connection, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        _tell(connection, "PRAGMA foreign_keys=ON")


def require_references(connection: Connection) -> None:
    """No row refers to one that is not there."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError(f"a row of {broken[0]} refers to nothing")


def lines_up(db: Session) -> bool:
    """Whether writers follow each other here: whoever writes holds every row already."""
    return db.get_bind().dialect.name == "sqlite"


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        _stand_in_line(connection)
        _tell(connection, "BEGIN IMMEDIATE")
    else:
        _tell(connection, "BEGIN")


def _commit(connection: Connection) -> None:
    """Commit here, so that the next in line begins only after it is done."""
    try:
        _tell(connection, "COMMIT")
    finally:
        _leave_line(connection)


def _rollback(connection: Connection) -> None:
    try:
        if _driver(connection).in_transaction:
            _tell(connection, "ROLLBACK")
    finally:
        _leave_line(connection)


def _stand_in_line(connection: Connection) -> None:
    path = connection.engine.url.database
    if fcntl is None or not path or path == ":memory:":
        return
    place = open(Path(f"{path}-queue"), "ab")  # noqa: SIM115 - held until the transaction ends
    fcntl.flock(place, fcntl.LOCK_EX)
    connection.info[_PLACE] = place


def _leave_line(connection: Connection) -> None:
    place = connection.info.pop(_PLACE, None)
    if place is not None:
        place.close()


def _tell(connection: Connection, statement: str) -> None:
    _driver(connection).execute(statement)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
