"""Many rows drawn up before the writers' line, and written at once in it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Table, inspect
from sqlalchemy.orm import Session

from studyhub.kernel.database import Base
from studyhub.kernel.rows import insert_all
from studyhub.roster.progress import Note, Stage, unheard

AT_ONCE = 5_000
"""So many rows in one statement."""


class Bulk:
    """Things that are in no session, as the rows that they will be."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)

    def add(self, things: Iterable[Base]) -> None:
        """Take in what these things hold now."""
        for thing in things:
            table, fields = _fields(type(thing))
            held = thing.__dict__
            self.rows[table].append({name: held.get(key, usual) for key, name, usual in fields})

    def write(self, db: Session, of: int = 0, note: Note = unheard) -> None:
        """Write all of it, what others refer to first; it stands for so many rows of a list."""
        done, every = 0, sum(map(len, self.rows.values()))
        for table in (one for one in Base.metadata.sorted_tables if one in self.rows):
            rows = self.rows[table]
            for start in range(0, len(rows), AT_ONCE):
                note(Stage.WRITING, of * done // every, of)
                piece = rows[start : start + AT_ONCE]
                insert_all(db, table, piece)
                done += len(piece)


@cache
def _fields(model: type[Base]) -> tuple[Table, list[tuple[str, str, Any]]]:
    """Attribute, column, and what stands there when nothing was said; numbers count themselves."""
    mapper = inspect(model)
    table: Table = mapper.local_table  # type: ignore[assignment]  # each model has its table
    fields = [
        (prop.key, prop.columns[0].key, _usual(prop.columns[0]))
        for prop in mapper.column_attrs
        if prop.columns[0] is not table.autoincrement_column
    ]
    return table, fields


def _usual(column: Any) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None
