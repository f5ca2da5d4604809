"""Many rows into one table, the quick way of each database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

POSTGRESQL = "postgresql"


def insert_all(db: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write these rows, which all fill the same columns; `IntegrityError` as of any INSERT."""
    if not rows:
        return
    connection = db.connection()
    if connection.dialect.name == POSTGRESQL:
        _copy(connection, table, rows)
    else:
        db.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """As one COPY: PostgreSQL would otherwise take in, and run, a statement for each row."""
    dialect: Any = connection.dialect
    driver: Any = connection.connection.driver_connection
    stored = [(name, _stored(table, name, dialect)) for name in rows[0]]
    quoted = dialect.identifier_preparer
    names = ", ".join(quoted.format_column(table.c[name]) for name in rows[0])
    statement = f"COPY {quoted.format_table(table)} ({names}) FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([as_kept(row[name]) for name, as_kept in stored])
    except dialect.dbapi.IntegrityError as why:
        raise IntegrityError(statement, None, why, hide_parameters=True) from why


def _stored(table: Table, name: str, dialect: Any) -> Any:
    """How the column's type writes a value for the driver."""
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
