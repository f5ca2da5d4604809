"""A file becomes rows under a header, wherever in its first rows the header stands.

Which sheet and which row that is can be said by hand; such a header is known again next time.

For files from outside call `sandbox.read_safely`, which runs this in a fenced process.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
OFFERED = 40
"""Of so many rows of each sheet the header can be chosen by hand."""
ENOUGH = 4
"""So many known columns make a header; the first sheet with as many is the list."""
MOST_ROWS = 100_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
LONGEST_CELL = 2_000
SHORT = 90

NO_ROWS = N_("There is no table in this file. Check it on your computer and choose it again.")
TOO_LONG = N_("This list has more than %(most)s rows. Split it and import the parts one by one.")
TOO_WIDE = N_("This table has more than %(most)s columns. Leave only the list of members in it.")


@dataclass(frozen=True)
class Spot:
    """Where a header stands: in the how-manieth sheet, from 0, and in which row of it."""

    sheet: int
    row: int


FIRST_ROW = Spot(0, 1)


@dataclass(frozen=True)
class Top:
    """The first rows of a sheet, of which one may be the header."""

    sheet: int
    name: str
    rows: tuple["First", ...]


@dataclass(frozen=True)
class First:
    """One of them: its number, and the beginning of what stands in it."""

    row: int
    said: str


@dataclass(frozen=True)
class Sheet:
    """A table: its header, and the rows under it with their numbers in the file."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, list[Cell]]]
    others: tuple[str, ...] = ()
    """Other sheets of the workbook that hold something and were not read."""
    spot: Spot = FIRST_ROW
    tops: tuple[Top, ...] = ()
    """Of every sheet that holds something."""
    is_chosen: bool = False
    """Whether somebody has said that the header stands there, now or before."""


Known = Collection[tuple[str, str]]
"""Headers chosen by hand before: the fingerprint of each, and the name of its sheet."""


@dataclass(frozen=True)
class _Found:
    number: int
    name: str
    head: list[tuple[int, list[Cell]]]
    at: int
    known: int
    rest: Iterator[tuple[int, list[Cell]]]
    is_chosen: bool = False

    @property
    def spot(self) -> Spot:
        """Where its header stands."""
        return Spot(self.number, self.head[self.at][0])


def read(data: bytes, spot: Spot | None = None, known: Known = ()) -> Sheet:
    """The sheet and header of `spot`; else those known from before; else the likeliest.

    That is the first sheet with a header whose words are known, else the first with any rows.
    """
    found = [
        sheet
        for number, (name, rows) in enumerate(_tables(data))
        if (sheet := _look(number, name, _numbered(rows)))
    ]
    if not found:
        raise Unreadable(NO_ROWS)
    likeliest = max(found, key=lambda sheet: min(sheet.known, ENOUGH))
    if spot and spot != likeliest.spot:
        return _whole(_told(found, spot), found)
    return _whole(likeliest if spot else _met_before(found, known) or likeliest, found)


def _told(found: Sequence[_Found], spot: Spot) -> _Found:
    for sheet in found:
        for at in range(len(sheet.head)):
            told = replace(sheet, at=at, is_chosen=True)
            if told.spot == spot:
                return told
    raise Unreadable(NO_ROWS)


def _met_before(found: Sequence[_Found], known: Known) -> _Found | None:
    """In a sheet of the same name, if there is one; wherever in it the header stands now."""
    prints = {mark for mark, _ in known}
    met = [
        (mark, replace(sheet, at=at, is_chosen=True))
        for sheet in found
        for at, (_, row) in enumerate(sheet.head)
        if known and (mark := columns.fingerprint(_texts(row))) in prints
    ]
    by_name = [sheet for mark, sheet in met if (mark, sheet.name) in known]
    return next(iter([*by_name, *(sheet for _, sheet in met)]), None)


def _tables(data: bytes) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    if hazards.format_of(data) is Format.DELIMITED:
        yield "", delimited.rows(data)
        return
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        shown = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
        for name in shown[:MOST_SHEETS]:
            yield name, book.get_sheet_by_name(name).iter_rows()  # empty rows above are among them
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


def _look(number: int, name: str, rows: Iterator[tuple[int, list[Cell]]]) -> _Found | None:
    head = list(islice(rows, OFFERED))
    if not head:
        return None
    known = [len(columns.recognise(_texts(row))) for _, row in head[:HEADER_WITHIN]]
    at = known.index(max(known)) if max(known) > 1 else _fullest(head[:HEADER_WITHIN])
    return _Found(number, name, head, at, known[at], rows)


def _fullest(head: list[tuple[int, list[Cell]]]) -> int:
    """Where the header seems to be when its words are not known: as many texts as anywhere."""
    texts = [sum(isinstance(cell, str) and cell != "" for cell in row) for _, row in head]
    return texts.index(max(texts))


def _whole(found: _Found, every: Sequence[_Found]) -> Sheet:
    header = _texts(found.head[found.at][1])
    below = chain(found.head[found.at + 1 :], found.rest)
    rows = [(number, row) for number, row in islice(below, MOST_ROWS + 1) if not _counts(row)]
    if len(rows) > MOST_ROWS:
        raise Unreadable(TOO_LONG, most=MOST_ROWS)
    if not rows and not found.is_chosen:
        raise Unreadable(NO_ROWS)
    return Sheet(
        found.name,
        header,
        rows,
        others=tuple(sheet.name for sheet in every if sheet.number != found.number),
        spot=found.spot,
        tops=tuple(map(_top, every)),
        is_chosen=found.is_chosen,
    )


def _top(found: _Found) -> Top:
    rows = tuple(First(number, _beginning(row)) for number, row in found.head)
    return Top(found.number, found.name, rows)


def _beginning(row: Sequence[Cell]) -> str:
    """What a row is recognised by, in a list of choices."""
    said = " · ".join(tidy(str(cell)) for cell in row if cell != "")
    return said if len(said) <= SHORT else f"{said[: SHORT - 1].rstrip()}…"


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(tidy(str(cell)) for cell in row)


def _counts(row: Sequence[Cell]) -> bool:
    """A row that only numbers the columns: (1) (2) (3)."""
    told = [str(cell).strip("() ") for cell in row]
    return len(told) > 2 and told == [str(n) for n in range(1, len(told) + 1)]
