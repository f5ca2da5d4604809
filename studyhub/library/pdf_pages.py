"""What fenced readers of PDF pages have in common: opening the file, and what is asked of them.

`count` asks how many pages there are; `pages-10-20`, perhaps with more numbers behind, for a few.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2

from studyhub.library.errors import Unreadable
from studyhub.library.hazards import DAMAGED, LOCKED


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """The file, to be closed again; `Unreadable` when it is damaged or locked."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(LOCKED if "password" in str(error).lower() else DAMAGED) from error


def answer(
    asked: str,
    data: bytes,
    *,
    count: Callable[[bytes], int],
    pages: Callable[..., Iterator[dict[str, Any]]],
) -> dict[str, Any]:
    """The number, the pages, or why not: what `library.sandbox.ask` understands."""
    try:
        if asked == "count":
            return {"count": count(data)}
        return {"pages": list(pages(data, *map(int, asked.split("-")[1:])))}
    except Unreadable as refusal:
        return {"refused": refusal.message, "values": refusal.values}
