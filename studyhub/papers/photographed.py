"""The process behind `darkroom`: a photo or PDF comes in, pages go out as JSON."""

import base64
import json
import sys

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.library.errors import Unreadable
from studyhub.papers import imaging
from studyhub.papers.developed import Developed

CPU_SECONDS = 60
MEMORY = 900 * MEGABYTE
"""Of addresses, the libraries among them; a photo of 12 megapixels needs a third in truth."""


def main() -> None:
    """Make the pages of one file under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    sys.stdout.write(json.dumps(_made(sys.argv[1], sys.stdin.buffer.read())))


def _made(asked: str, data: bytes) -> dict[str, object]:
    """`pages` makes what can be read; `turn-90` turns a picture made before, clockwise."""
    try:
        if asked.startswith("turn-"):
            made = [imaging.turned(data, int(asked.removeprefix("turn-")))]
        else:
            made = imaging.pages(data, straightens=True)
    except Unreadable as refusal:
        return {"refused": refusal.message, "values": refusal.values}
    return {"pages": [_told(page) for page in made]}


def _told(page: Developed) -> list[object]:
    straight = _told(page.straight) if page.straight else None
    jpeg = base64.b64encode(page.jpeg).decode()
    return [jpeg, page.width, page.height, page.flaw, straight]


if __name__ == "__main__":
    main()
