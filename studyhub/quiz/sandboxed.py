"""The process behind `sandbox`: bytes come in, the questions or the refusal go out as JSON."""

import json
import sys

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.library.errors import Unreadable as UnreadableDocument
from studyhub.quiz import marked, sheet, wording
from studyhub.quiz.found import Found
from studyhub.roster import sheets
from studyhub.roster.errors import Unreadable as UnreadableTable

CPU_SECONDS = 20
MEMORY = 768 * MEGABYTE


def main() -> None:
    """Read one file under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    data = sys.stdin.buffer.read()
    try:
        told = {"found": [one.told() for one in _read(sys.argv[1], data)]}
    except (UnreadableDocument, UnreadableTable) as refusal:
        sys.stdout.write(json.dumps({"refused": refusal.message, "values": refusal.values}))
        return
    sys.stdout.write(json.dumps(told))


def _read(kind: str, data: bytes) -> list[Found]:
    if kind == "docx":
        return wording.read(marked.lines(data))
    return sheet.read(sheets.read(data))


if __name__ == "__main__":
    main()
