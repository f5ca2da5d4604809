"""The process behind `sandbox`: bytes come in, the text or the refusal goes out as JSON."""

import json
import sys

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.library import formats
from studyhub.library.errors import Unreadable

CPU_SECONDS = 20
MEMORY = 1024 * MEGABYTE


def main() -> None:
    """Read one file under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read(), sys.argv[1])))


def _read(data: bytes, filename: str) -> dict[str, object]:
    try:
        return {"text": formats.read(data, filename)}
    except Unreadable as refusal:
        return {"refused": refusal.message, "values": refusal.values}


if __name__ == "__main__":
    main()
