"""Lists from outside are read in a process of their own, with little time and little memory."""

import json
from datetime import date
from typing import Any

from studyhub.kernel.sandbox import Broken, TooSlow, run
from studyhub.kernel.words import N_
from studyhub.roster import hazards
from studyhub.roster.errors import Unreadable
from studyhub.roster.sheets import MOST_ROWS, Cell, First, Known, Sheet, Spot, Top

SECONDS = 30

TOO_SLOW = N_(
    "Reading this list took too long, so it was stopped. Copy the table into a new file and "
    "choose that one."
)
FAILED = N_(
    "This list could not be read. Copy the table into a new file, save it as .xlsx, and "
    "choose that one."
)


def read_safely(
    data: bytes, spot: Spot | None = None, known: Known = (), *, most: int = MOST_ROWS
) -> Sheet:
    """The table in a file nobody vouches for, or `Unreadable`; of its rows no more than `most`."""
    hazards.format_of(data)
    asked = {"spot": [spot.sheet, spot.row] if spot else None, "known": list(known), "most": most}
    try:
        return _sheet(run("studyhub.roster.sandboxed", json.dumps(asked), data, seconds=SECONDS))
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
    tops = tuple(
        Top(sheet, name, tuple(First(*one) for one in rows)) for sheet, name, rows in told["tops"]
    )
    spot, is_chosen = Spot(*told["spot"]), bool(told["is_chosen"])
    return Sheet(str(told["name"]), header, rows, others, spot, tops, is_chosen)


def _row(line: bytes) -> tuple[int, list[Cell]]:
    number, cells = json.loads(line)
    return int(number), [_cell(cell) for cell in cells]


def _cell(told: Any) -> Cell:
    value: Cell = date.fromisoformat(told["day"]) if isinstance(told, dict) else told
    return value
