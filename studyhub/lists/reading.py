"""What the rows of a list say: who, and for how many minutes. Pure; the file was read before."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from studyhub.kernel.vietnamese import fold
from studyhub.kernel.words import N_
from studyhub.roster.columns import Column, plain, recognise
from studyhub.roster.errors import Unreadable
from studyhub.roster.sheets import Cell, Sheet

MOST = 5_000
NO_NAMES = N_(
    "No column of names was found. Put a row of headings above the list: Full name, Card number, "
    "E-mail, Cell; or choose the participants report of Zoom."
)
TOO_MANY = N_("This list has more than %(most)s rows. Split it and import the parts one by one.")


class Mark(StrEnum):
    """The columns that are looked for."""

    NAME = "name"
    CARD = "card"
    EMAIL = "email"
    CELL = "cell"
    MINUTES = "minutes"
    CAME = "came"
    WENT = "went"


OURS = {
    Mark.NAME: Column.NAME, Mark.CARD: Column.CARD, Mark.EMAIL: Column.EMAIL, Mark.CELL: Column.CELL
}  # fmt: skip
ZOOM: Mapping[str, Mark] = {
    "ten": Mark.NAME, "ten nguoi tham gia": Mark.NAME, "user name": Mark.NAME,
    "participant": Mark.NAME, "user email": Mark.EMAIL, "email nguoi dung": Mark.EMAIL,
    "duration": Mark.MINUTES, "total duration": Mark.MINUTES, "thoi luong": Mark.MINUTES,
    "tong thoi luong": Mark.MINUTES, "thoi gian tham du": Mark.MINUTES, "so phut": Mark.MINUTES,
    "join time": Mark.CAME, "thoi gian tham gia": Mark.CAME, "gio vao": Mark.CAME,
    "leave time": Mark.WENT, "thoi gian roi khoi": Mark.WENT, "thoi gian roi": Mark.WENT,
    "gio ra": Mark.WENT,
}  # fmt: skip
_TIMES = (
    "%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Said:
    """One person as the list names them."""

    number: int
    name: str
    card: str = ""
    email: str = ""
    cell: str = ""
    minutes: int | None = None
    stretches: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def beside(self) -> str:
        """What else it says, in one line."""
        return " · ".join(filter(None, (self.card, self.email, self.cell)))


def said_by(sheet: Sheet) -> list[Said]:
    """The persons of the list; several rows of one person (who came back) are one."""
    rows: list[tuple[int, Sequence[Cell]]] = [(0, sheet.header), *sheet.rows]
    at, places = _heading([row for _, row in rows[:40]])
    if Mark.NAME not in places:
        raise Unreadable(NO_NAMES)
    found = [said for number, row in rows[at + 1 :] if (said := _said(number, row, places))]
    if len(found) > MOST:
        raise Unreadable(TOO_MANY, most=MOST)
    return list(_together(found).values())


def _heading(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[Mark, int]]:
    """The row in which most columns are known: reports have a head of their own above it."""
    known = [_places([str(cell) for cell in row]) for row in rows]
    best = max(range(len(known)), key=lambda at: (Mark.NAME in known[at], len(known[at])))
    return best, known[best]


def _places(header: Sequence[str]) -> dict[Mark, int]:
    ours = recognise(header)
    found = {mark: ours[column] for mark, column in OURS.items() if column in ours}
    for place, name in enumerate(header):
        mark = ZOOM.get(plain(name))
        if mark is not None:
            found.setdefault(mark, place)
    return found


def _said(number: int, row: Sequence[Cell], places: Mapping[Mark, int]) -> Said | None:
    def text(mark: Mark) -> str:
        place = places.get(mark)
        return " ".join(str(row[place]).split()) if place is not None and place < len(row) else ""

    name = text(Mark.NAME)[:300]
    if not name:
        return None
    came, went = _moment(text(Mark.CAME)), _moment(text(Mark.WENT))
    return Said(
        number=number, name=name, card=re.sub(r"\D", "", text(Mark.CARD)),
        email=text(Mark.EMAIL).lower()[:200], cell=text(Mark.CELL)[:200],
        minutes=_minutes(text(Mark.MINUTES)),
        stretches=((came, went),) if came and went and came <= went else (),
    )  # fmt: skip


def _minutes(typed: str) -> int | None:
    found = re.match(r"\d+", typed)
    return int(found[0]) if found else None


def _moment(typed: str) -> datetime | None:
    for form in _TIMES:
        try:
            return datetime.strptime(typed, form)  # noqa: DTZ007 - only how long it lasted counts
        except ValueError:
            continue
    return None


def _together(found: Iterable[Said]) -> dict[str, Said]:
    """Who came back, or sat before two machines, is one; minutes are those of the union."""
    people: dict[str, Said] = {}
    for said in found:
        key = said.card or said.email or fold(f"{said.name} {said.cell}")
        before = people.get(key)
        people[key] = _both(before, said) if before else said
    return {key: _counted(said) for key, said in people.items()}


def _both(one: Said, other: Said) -> Said:
    minutes = None
    if one.minutes is not None or other.minutes is not None:
        minutes = (one.minutes or 0) + (other.minutes or 0)
    whole = one.stretches and other.stretches
    return replace(
        one, minutes=minutes, stretches=(*one.stretches, *other.stretches) if whole else ()
    )


def _counted(said: Said) -> Said:
    """By the clock, where it is known; else as the list says."""
    if not said.stretches:
        return said
    total, end = 0.0, datetime.min  # noqa: DTZ901 - compared with its like only
    for came, went in sorted(said.stretches):
        total += max((went - max(came, end)).total_seconds(), 0)
        end = max(end, went)
    return replace(said, minutes=round(total / 60))
