"""The process behind `drawing`: a PDF comes in, pictures of a few pages go out as JSON.

One page at a time is in memory. `count` tells how many there are; `pages-10-20` makes those from
10 up to 20, each with the words that stand on it.
"""

import base64
import io
import json
import sys
from collections.abc import Iterator

import pypdfium2

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import DAMAGED
from studyhub.library.pdf_pages import answer, opened

CPU_SECONDS = 90
MEMORY = 900 * MEGABYTE
LONG_SIDE = 1600
"""Dots: sharp on a screen, some 150 kB a page."""
MOST_PAGES = 300
MOST_LETTERS = 5000
TOO_MANY_PAGES = N_("This PDF has %(count)s pages; the pages of at most %(most)s are shown.")


def main() -> None:
    """Make a few pictures under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    asked, data = sys.argv[1], sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(answer(asked, data, count=count, pages=pictures)))


def count(data: bytes) -> int:
    """How many pages; what the file could do besides is not asked, for nobody ever runs it."""
    with opened(data) as document:
        found = len(document)
    if not found:
        raise Unreadable(DAMAGED)
    if found > MOST_PAGES:
        raise Unreadable(TOO_MANY_PAGES, count=found, most=MOST_PAGES)
    return found


def pictures(data: bytes, first: int, end: int) -> Iterator[dict[str, object]]:
    """Those pages as JPEG, and their words."""
    with opened(data) as document:
        for number in range(first, min(end, len(document))):
            page = document[number]
            yield {**_picture(page), "words": _words(page)}
            page.close()


def _picture(page: pypdfium2.PdfPage) -> dict[str, object]:
    scale = min(LONG_SIDE / max(*page.get_size(), 1), 8)
    drawn = page.render(scale=scale).to_pil().convert("RGB")
    into = io.BytesIO()
    drawn.save(into, "JPEG", quality=82, optimize=True)
    jpeg = base64.b64encode(into.getvalue()).decode()
    return {"jpeg": jpeg, "width": drawn.width, "height": drawn.height}


def _words(page: pypdfium2.PdfPage) -> str:
    said = page.get_textpage().get_text_bounded()
    plain = "".join(letter if letter.isprintable() or letter in "\r\n" else " " for letter in said)
    lines = (" ".join(line.split()) for line in nfc(plain).splitlines())
    return "\n".join(filter(None, lines))[:MOST_LETTERS]


if __name__ == "__main__":
    main()
