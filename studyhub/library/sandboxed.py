"""The process behind `sandbox`: bytes come in, the text or the refusal goes out as JSON."""

import json
import sys

from studyhub.library import formats
from studyhub.library.errors import Unreadable

if sys.platform != "win32":
    import resource

CPU_SECONDS = 20
MEMORY = 1024 * 1024 * 1024


def main() -> None:
    """Read one file under limits, answer, end."""
    _limit()
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read(), sys.argv[1])))


def _read(data: bytes, filename: str) -> dict[str, object]:
    try:
        return {"text": formats.read(data, filename)}
    except Unreadable as refusal:
        return {"refused": refusal.message, "values": refusal.values}


def _limit() -> None:
    if sys.platform == "win32":
        return
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
