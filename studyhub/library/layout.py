"""Printed lines become paragraphs: page numbers and running heads go, broken lines are joined.

Pure geometry and punctuation. A line ends its paragraph when the next line's first word
would still have fitted on it, or when the next line stands lower or further in than usual.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from studyhub.library import endings
from studyhub.library.lines import is_capitals
from studyhub.library.numbering import readings

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE
)
_OPENING = re.compile(r"[-+•–*●▪]\s|\(Kèm theo|\(Ban hành|Căn cứ ")
_BROKEN_SYMBOL = re.compile(r"\w[-/]$")
_ENDS = (".", ";", ":", "!", "?", "…", "./")

ROOM = 2.0
"""Points by which a word must be too wide before the line counts as full."""
INDENT = 8.0
WIDER_GAP = 1.3
EDGE_LINES = 2
LEAST_REPEATS = 3


@dataclass(frozen=True)
class PrintedLine:
    """A line and where it stands, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    first_word: float


Page = Sequence[PrintedLine]


def paragraphs(pages: Sequence[Page]) -> Iterator[str]:
    """The paragraphs of all pages; one that runs over a page's end stays whole."""
    lines = [line for page in _without_edges(pages) for line in page]
    if not lines:
        return
    column = _Column(lines)
    held = lines[0].text
    for before, line in pairwise(lines):
        if column.parts(before, line):
            yield held
            held = line.text
        else:
            held += ("" if _BROKEN_SYMBOL.search(held) else " ") + line.text
    yield held


class _Column:
    """What is usual in this document: its edges and its line spacing."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        rights = sorted(line.right for line in lines)
        self._left = median(line.left for line in lines)
        self._right = rights[int(len(rights) * 0.9)]
        drops = [
            before.bottom - line.bottom
            for before, line in pairwise(lines)
            if 0 < before.bottom - line.bottom < 60 and not self._has_room(before, line)
        ]
        self._spacing = median(drops) if drops else 0.0

    def parts(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether a new paragraph begins between these two lines."""
        return (
            self._has_room(before, line)
            or self._stands_apart(before, line)
            or (_opens(line.text) and not _is_mid_sentence(before.text))
            or _is_headline(before.text) != _is_headline(line.text)
        )

    def _has_room(self, before: PrintedLine, line: PrintedLine) -> bool:
        return before.right + _space(before) + line.first_word < self._right - ROOM

    def _stands_apart(self, before: PrintedLine, line: PrintedLine) -> bool:
        drop = before.bottom - line.bottom
        if drop <= 0:
            return before.text.endswith(_ENDS) and not line.text[0].islower()
        indented = line.left > self._left + INDENT and before.text.endswith(_ENDS)
        return indented or drop > self._spacing * WIDER_GAP > 0


def _space(line: PrintedLine) -> float:
    """About the width of a space: half a letter of this line."""
    return (line.right - line.left) / max(len(line.text), 1) / 2


def _opens(text: str) -> bool:
    return bool(_OPENING.match(text) or readings(text) or endings.closes(text))


def _is_headline(text: str) -> bool:
    return is_capitals(text) and " " in text


def _is_mid_sentence(text: str) -> bool:
    return text.endswith((",", " và", " của", " số", " điểm", " khoản", " mục", " tại", " theo"))


def _without_edges(pages: Sequence[Page]) -> list[Page]:
    """Drop page numbers, and heads and feet that come back on most pages."""
    repeated = _repeated(pages)
    return [_trimmed(page, repeated) for page in pages]


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    counts = Counter(shape for page in pages for shape in {_shape(line) for line in _edges(page)})
    least = max(LEAST_REPEATS, len(pages) // 2)
    return frozenset(shape for shape, count in counts.items() if count >= least)


def _edges(page: Page) -> list[PrintedLine]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return [*by_height[:EDGE_LINES], *by_height[-EDGE_LINES:]]


def _shape(line: PrintedLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _trimmed(page: Page, repeated: frozenset[str]) -> Page:
    outer = {min(page, key=_height), max(page, key=_height)} if page else set()
    edges = set(_edges(page))
    return [
        line
        for line in page
        if not (line in edges and _shape(line) in repeated)
        and not (line in outer and _PAGE_NUMBER.match(line.text))
    ]


def _height(line: PrintedLine) -> float:
    return line.bottom
