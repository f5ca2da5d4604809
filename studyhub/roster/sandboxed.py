"""The process behind `sandbox`: bytes come in; a head and the rows go out, one JSON text a line."""

import json
import sys
from dataclasses import astuple
from datetime import date

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.roster import sheets
from studyhub.roster.errors import Unreadable
from studyhub.roster.sheets import Spot

CPU_SECONDS = 20
MEMORY = 768 * MEGABYTE


def main() -> None:
    """Read one file under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    asked = json.loads(sys.argv[1])
    spot = Spot(*asked["spot"]) if asked["spot"] else None
    known = [(mark, name) for mark, name in asked["known"]]
    try:
        sheet = sheets.read(sys.stdin.buffer.read(), spot, known)
    except Unreadable as refusal:
        _say({"refused": refusal.message, "values": refusal.values})
        return
    told = {name: one for name, one in vars(sheet).items() if name != "rows"}
    _say({**told, "spot": astuple(sheet.spot), "tops": [astuple(top) for top in sheet.tops]})
    for row in sheet.rows[: asked["most"]]:
        _say(row)


def _say(thing: object) -> None:
    sys.stdout.write(json.dumps(thing, default=_day) + "\n")


def _day(value: object) -> dict[str, str]:
    """A day is told apart from a text that looks like one."""
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(f"not of a sheet: {value!r}")


if __name__ == "__main__":
    main()
