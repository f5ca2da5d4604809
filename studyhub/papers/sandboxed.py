"""The process behind `sandbox`: bytes come in, paragraphs or the refusal go out as JSON."""

import json
import sys

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.library.errors import Unreadable
from studyhub.papers import reading

CPU_SECONDS = 20
MEMORY = 1024 * MEGABYTE


def main() -> None:
    """Read one file under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


def _read(data: bytes) -> dict[str, object]:
    try:
        told = reading.read(data)
    except Unreadable as refusal:
        return {"refused": refusal.message, "values": refusal.values}
    return {"paragraphs": told.paragraphs, "ways": sorted(told.ways)}


if __name__ == "__main__":
    main()
