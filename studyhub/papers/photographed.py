"""The process behind `darkroom`: a photo or PDF comes in, pages go out as JSON."""

import base64
import json
import sys

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.library.errors import Unreadable
from studyhub.papers import imaging

CPU_SECONDS = 60
MEMORY = 900 * MEGABYTE
"""Of addresses, the libraries among them; a photo of 12 megapixels needs a third in truth."""


def main() -> None:
    """Make the pages of one file under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    sys.stdout.write(json.dumps(_made(sys.stdin.buffer.read())))


def _made(data: bytes) -> dict[str, object]:
    try:
        made = imaging.pages(data)
    except Unreadable as refusal:
        return {"refused": refusal.message, "values": refusal.values}
    return {
        "pages": [
            [base64.b64encode(page.jpeg).decode(), page.width, page.height, page.flaw]
            for page in made
        ]
    }


if __name__ == "__main__":
    main()
