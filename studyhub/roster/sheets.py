"""A file becomes rows under a header, wherever in its first rows the header stands.

For files from outside call `sandbox.read_safely`, which runs this in a fenced process.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

import python_calamine as calamine

from studyhub.kernel.vietnamese import nfc, tidy
from studyhub.kernel.words import N_
from studyhub.roster import columns, delimited, hazards
from studyhub.roster.errors import Unreadable
from studyhub.roster.hazards import Format

Cell = str | int | float | date
"""What stands in a cell; "" in an empty one."""

HEADER_WITHIN = 20
ENOUGH = 4
"""So many known columns make a header; the first sheet with as many is the list."""
MOST_ROWS = 100_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
LONGEST_CELL = 2_000

NO_ROWS = N_("There is no table in this file. Check it on your computer and choose it again.")
TOO_LONG = N_("This list has more than %(most)s rows. Split it and import the parts one by one.")
TOO_WIDE = N_("This table has more than %(most)s columns. Leave only the list of members in it.")


@dataclass(frozen=True)
class Sheet:
    """A table: its header, and the rows under it with their numbers in the file."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, list[Cell]]]
    others: tuple[str, ...] = ()
    """Other sheets of the workbook that hold something and were not read."""


@dataclass(frozen=True)
class _Found:
    name: str
    head: list[tuple[int, list[Cell]]]
    at: int
    known: int
    rest: Iterator[tuple[int, list[Cell]]]


def read(data: bytes) -> Sheet:
    """The first sheet with a header that is known, else the first with any rows."""
    found = [sheet for name, rows in _tables(data) if (sheet := _look(name, _numbered(rows)))]
    if not found:
        raise Unreadable(NO_ROWS)
    best = max(found, key=lambda sheet: min(sheet.known, ENOUGH))
    return _whole(best, tuple(sheet.name for sheet in found if sheet is not best))


def _tables(data: bytes) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    if hazards.format_of(data) is Format.DELIMITED:
        yield "", delimited.rows(data)
        return
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        shown = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
        for name in shown[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            first = sheet.start[0] if sheet.start else 0
            yield name, chain(([] for _ in range(first)), sheet.iter_rows())
    except calamine.PasswordError as error:
        raise Unreadable(hazards.LOCKED) from error
    except (calamine.CalamineError, OSError) as error:
        raise Unreadable(hazards.DAMAGED) from error


def _is_shown(sheet: calamine.SheetMetadata) -> bool:
    return (
        sheet.typ == calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == calamine.SheetVisibleEnum.Visible
    )


def _numbered(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, list[Cell]]]:
    """Every row that is not empty, with its number as the spreadsheet shows it."""
    for number, row in enumerate(rows, start=1):
        cells = [_cell(value) for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(TOO_WIDE, most=MOST_COLUMNS)
        if cells:
            yield number, cells


def _cell(value: object) -> Cell:
    """Text, whole number, number or day; a formula is what the file says it came to."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return nfc(text[:LONGEST_CELL]).strip()


def _look(name: str, rows: Iterator[tuple[int, list[Cell]]]) -> _Found | None:
    head = list(islice(rows, HEADER_WITHIN))
    if not head:
        return None
    known = [len(columns.recognise(_texts(row))) for _, row in head]
    at = known.index(max(known)) if max(known) > 1 else _fullest(head)
    return _Found(name, head, at, known[at], rows)


def _fullest(head: list[tuple[int, list[Cell]]]) -> int:
    """Where the header seems to be when its words are not known: as many texts as anywhere."""
    texts = [sum(isinstance(cell, str) and cell != "" for cell in row) for _, row in head]
    return texts.index(max(texts))


def _whole(found: _Found, others: tuple[str, ...]) -> Sheet:
    header = _texts(found.head[found.at][1])
    below = chain(found.head[found.at + 1 :], found.rest)
    rows = [(number, row) for number, row in islice(below, MOST_ROWS + 1) if not _counts(row)]
    if len(rows) > MOST_ROWS:
        raise Unreadable(TOO_LONG, most=MOST_ROWS)
    if not rows:
        raise Unreadable(NO_ROWS)
    return Sheet(found.name, header, rows, others)


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(tidy(str(cell)) for cell in row)


def _counts(row: Sequence[Cell]) -> bool:
    """A row that only numbers the columns: (1) (2) (3)."""
    told = [str(cell).strip("() ") for cell in row]
    return len(told) > 2 and told == [str(n) for n in range(1, len(told) + 1)]
