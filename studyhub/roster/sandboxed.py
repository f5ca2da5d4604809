"""The process behind `sandbox`: bytes come in; a head and the rows go out, one JSON text a line."""

import json
import sys
from datetime import date

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.roster import sheets
from studyhub.roster.errors import Unreadable

CPU_SECONDS = 20
MEMORY = 768 * MEGABYTE


def main() -> None:
    """Read one file under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    try:
        sheet = sheets.read(sys.stdin.buffer.read())
    except Unreadable as refusal:
        _say({"refused": refusal.message, "values": refusal.values})
        return
    _say({"name": sheet.name, "header": sheet.header, "others": sheet.others})
    for row in sheet.rows:
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
