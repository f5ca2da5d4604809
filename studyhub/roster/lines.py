"""A row becomes a line about one person, or the faults that keep it from being one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from studyhub.kernel.actor import Post
from studyhub.kernel.words import N_
from studyhub.roster import values
from studyhub.roster.columns import Column, Columns
from studyhub.roster.errors import Wrong
from studyhub.roster.progress import Note, Stage, unheard
from studyhub.roster.sheets import Cell, Sheet
from studyhub.roster.values import Day, Zeros

T = TypeVar("T")

PROBATION = timedelta(days=2 * 365)
"""A recognition may be told ahead of its day, but not longer than probation lasts."""

NO_CELL = N_("The cell is missing. Type the name of the cell.")
NOBODY = N_("Without card number and date of birth nobody can be told apart. Type one of them.")
NEEDS_DAY = N_("An exemption needs the day from which it holds. Type day/month/year.")
TOO_EARLY = N_("This day lies before the day of admission. Correct one of the two.")


@dataclass(frozen=True)
class Fault:
    """What is wrong: which row and column, what stands there, and what to do."""

    row: int
    column: Column
    value: str
    why: Wrong


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a row says about a person. What is empty says nothing."""

    row: int
    name: str
    born: Day | None
    card: str | None
    cell: str
    posts: tuple[Post, ...]
    other_posts: tuple[str, ...]
    admitted: Day | None
    official: Day | None
    exempt_since: date | None
    exempt_words: str
    is_active: bool
    email: str | None
    phone: str


class Faulty(Exception):
    """A line that cannot be taken over, for what stands in one of its columns."""

    def __init__(self, line: Line, column: Column, value: str, why: Wrong) -> None:
        super().__init__(why)
        self.fault = Fault(line.row, column, value, why)


@dataclass(frozen=True)
class Told:
    """How the file is to be understood."""

    columns: Columns
    as_of: date
    into: str = ""
    """The name of the cell the whole file is about; "" where a column says it."""
    zeros: Zeros = Zeros.ASK


@dataclass(frozen=True)
class Lines:
    """All rows that say something about a person."""

    good: list[Line]
    broken: list[Line]
    """What could still be read of the rows with faults."""
    faults: list[Fault]


def lines_of(sheet: Sheet, told: Told, note: Note = unheard) -> Lines:
    """Every row as a line, and what is wrong with those that are not taken over."""
    lines = Lines([], [], [])
    for done, (number, cells) in enumerate(sheet.rows):
        note(Stage.READING, done, len(sheet.rows))
        row = _Row(number, cells, told)
        if row.is_empty:
            continue
        (lines.broken if row.faults else lines.good).append(row.line)
        lines.faults.extend(row.faults)
    return lines


class _Row:
    """One row while it is read; collects its faults instead of stopping at the first."""

    def __init__(self, number: int, cells: Sequence[Cell], told: Told) -> None:
        self.number, self.cells, self.told = number, cells, told
        self.faults: list[Fault] = []
        self.is_empty = all(self._at(column) == "" for column in told.columns)
        if not self.is_empty:
            self.line = self._line()
            self._check(self.line)

    def _line(self) -> Line:
        zeros, as_of = self.told.zeros, self.told.as_of
        posts, others = values.posts(self._at(Column.POST))
        exempt = self._take(Column.STATUS, values.is_exempt) or False
        since = self._day(Column.STATUS_ON, as_of) if exempt else None
        return Line(
            row=self.number,
            name=self._take(Column.NAME, values.name) or "",
            born=self._day(Column.BORN, values.latest_birth(as_of)),
            card=self._take(Column.CARD, lambda cell: values.card(cell, zeros)),
            cell=values.text(self._at(Column.CELL)) or self.told.into,
            posts=posts,
            other_posts=others,
            admitted=self._day(Column.ADMITTED, as_of),
            official=self._day(Column.OFFICIAL, as_of + PROBATION),
            exempt_since=since.on if since and not since.year_only else None,
            exempt_words=values.text(self._at(Column.STATUS)) if exempt else "",
            is_active=not exempt and self._at(Column.STATUS) != "",
            email=self._take(Column.EMAIL, values.email),
            phone=self._take(Column.PHONE, lambda cell: values.phone(cell, zeros)) or "",
        )

    def _check(self, line: Line) -> None:
        """What one cell alone does not show."""
        if not line.cell:
            self._fault(Column.CELL, Wrong(NO_CELL))
        if line.card is None and line.born is None and not self.faults:
            self._fault(Column.CARD, Wrong(NOBODY))
        if line.exempt_words and line.exempt_since is None:
            self._fault(Column.STATUS_ON, Wrong(NEEDS_DAY))
        if line.admitted and line.official and line.official.is_before(line.admitted):
            self._fault(Column.OFFICIAL, Wrong(TOO_EARLY))

    def _day(self, column: Column, latest: date) -> Day | None:
        return self._take(column, lambda cell: values.day(cell, latest=latest))

    def _take(self, column: Column, read: Callable[[Cell], T]) -> T | None:
        try:
            return read(self._at(column))
        except Wrong as wrong:
            self._fault(column, wrong)
            return None

    def _fault(self, column: Column, why: Wrong) -> None:
        if column not in {fault.column for fault in self.faults}:
            value = values.text(self._at(column))
            self.faults.append(Fault(self.number, column, value, why))

    def _at(self, column: Column) -> Cell:
        place = self.told.columns.get(column, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""
