"""The process behind `pile_reading`: a scanned pile comes in, a few of its pages go out as JSON.

One page at a time is in memory. `count` tells how many there are; `pages-10-20-180` makes
those from 10 up to 20, the sheets before them having lain upside down.
"""

import base64
import io
import json
import sys
from collections.abc import Iterator

from PIL import Image, ImageFilter

from studyhub.kernel.sandbox import MEGABYTE, fence
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.library.pdf_pages import answer, opened
from studyhub.papers import imaging, qr
from studyhub.papers.cover_sheets import HEAD

CPU_SECONDS = 90
MEMORY = 900 * MEGABYTE
LONG_SIDE = 2200
MOST_PAGES = 200

NOT_A_PDF = N_("This is not a PDF. Scan the pile to one PDF and choose that file.")
TOO_MANY_SHEETS = N_(
    "This PDF has %(count)s pages, at most %(most)s are taken at once. Scan the pile in two parts."
)

_INK = 60
_BLANK = 0.0004
"""The share of dark dots under which a page is blank: a few specks of dust."""


def main() -> None:
    """Make a few pages under limits, answer, end."""
    fence(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    asked, data = sys.argv[1], sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(answer(asked, data, count=count, pages=pages)))


def count(data: bytes) -> int:
    """How many pages.

    What else the file can do is not asked: nobody ever opens it. Only pictures of its pages
    go on, and in the dots of two hundred scanned pages any bytes occur by chance.
    """
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(NOT_A_PDF)
    with opened(data) as document:
        found = len(document)
    if not 0 < found <= MOST_PAGES:
        raise Unreadable(TOO_MANY_SHEETS, count=found, most=MOST_PAGES)
    return found


def pages(data: bytes, first: int, end: int, turn: int) -> Iterator[dict[str, object]]:
    """Those pages: what the code on each says, whether it is blank, and its picture."""
    with opened(data) as document:
        for number in range(first, min(end, len(document))):
            sheet = document[number]
            scale = min(LONG_SIDE / max(sheet.get_size()), 8)
            grey = sheet.render(scale=scale, grayscale=True).to_pil().convert("L")
            sheet.close()
            made = _page(grey, turn)
            turn = int(str(made["turn"]))
            yield made


def _page(grey: Image.Image, turn: int) -> dict[str, object]:
    """A sheet with a code says how it lies, and how those behind it do."""
    seen = qr.find(grey, HEAD)
    turn = seen.turn if seen else turn
    upright = grey.rotate(turn, expand=True) if turn else grey
    told = {"code": seen.text if seen else "", "turn": turn, "blank": is_blank(grey)}
    return {**told, **_picture(upright)}


def is_blank(grey: Image.Image) -> bool:
    """Whether there is nothing on it, its margins apart."""
    small = grey.resize((600, 840), Image.Resampling.BOX).filter(ImageFilter.MedianFilter(3))
    inner = small.crop((20, 20, 580, 820))
    paper = inner.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(8))
    dots = zip(paper.tobytes(), inner.tobytes(), strict=True)
    dark = sum(1 for light, dot in dots if light - dot > _INK)
    return dark / (560 * 800) < _BLANK


def _picture(upright: Image.Image) -> dict[str, object]:
    """Made readable as a photo of a page is."""
    into = io.BytesIO()
    upright.save(into, "JPEG", quality=95)
    made = imaging.pages(into.getvalue())[0]
    jpeg = base64.b64encode(made.jpeg).decode()
    return {"jpeg": jpeg, "width": made.width, "height": made.height, "flaw": made.flaw.value}


if __name__ == "__main__":
    main()
