"""Lists from outside are read in a process of their own, with little time and little memory."""

import json
from datetime import date
from typing import Any

from studyhub.kernel.sandbox import Broken, TooSlow, run
from studyhub.kernel.words import N_
from studyhub.roster import hazards
from studyhub.roster.errors import Unreadable
from studyhub.roster.sheets import Cell, Sheet

SECONDS = 30

TOO_SLOW = N_(
    "Reading this list took too long, so it was stopped. Copy the table into a new file and "
    "choose that one."
)
FAILED = N_(
    "This list could not be read. Copy the table into a new file, save it as .xlsx, and "
    "choose that one."
)


def read_safely(data: bytes) -> Sheet:
    """The table in a file nobody vouches for, or `Unreadable`."""
    hazards.format_of(data)
    try:
        return _sheet(run("studyhub.roster.sandboxed", "-", data, seconds=SECONDS))
    except TooSlow as error:
        raise Unreadable(TOO_SLOW) from error
    except (Broken, ValueError) as error:
        raise Unreadable(FAILED) from error


def _sheet(said: bytes) -> Sheet:
    head, *lines = said.splitlines()
    told = json.loads(head)
    if "refused" in told:
        raise Unreadable(told["refused"], **told["values"])
    rows = [_row(line) for line in lines]
    header, others = (tuple(map(str, told[part])) for part in ("header", "others"))
    return Sheet(str(told["name"]), header, rows, others)


def _row(line: bytes) -> tuple[int, list[Cell]]:
    number, cells = json.loads(line)
    return int(number), [_cell(cell) for cell in cells]


def _cell(told: Any) -> Cell:
    value: Cell = date.fromisoformat(told["day"]) if isinstance(told, dict) else told
    return value
