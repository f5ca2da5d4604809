"""A document's text becomes an outline: its front matter, then its parts in reading order.

Pure. Nothing of the text is lost: front lines, numbers, titles and paragraphs, one
after the other, are the text again.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from studyhub.library import endings, front_matter
from studyhub.library.front_matter import FrontMatter
from studyhub.library.lines import Line, is_capitals, lines_of
from studyhub.library.nesting import Nesting, Sequences
from studyhub.library.numbering import Reading

LONGEST_TITLE = 60
LONGEST_TITLE_WITH_COLON = 12
LONGEST_TITLE_WITH_STOP = 6
"""All in syllables; a longer numbered line is a paragraph."""
LABEL = 12
"""How many syllables of a paragraph stand for a missing title."""

_ENDS_A_SENTENCE = (".", "!", "?", "…")
_ENDS_A_CLAUSE = (";", ",")


class Kind(StrEnum):
    """What a part is to the document."""

    OPENING = "opening"
    BODY = "body"
    CLOSING = "closing"
    APPENDIX = "appendix"


@dataclass(frozen=True)
class Part:
    """One part, its number as printed ("II.", "a)"); its children follow, one level deeper."""

    level: int
    number: str
    title: str
    paragraphs: tuple[str, ...]
    anchor: str
    kind: Kind = Kind.BODY

    @property
    def label(self) -> str:
        """What an outline shows: the number, and the title or the first words."""
        return f"{self.number} {self.title or self._first_words}".strip()

    @property
    def _first_words(self) -> str:
        words = self.paragraphs[0].split() if self.paragraphs else []
        return " ".join(words[:LABEL]) + ("…" if len(words) > LABEL else "")


@dataclass(frozen=True)
class Outline:
    """A whole document, ready to be stored as rows."""

    front: FrontMatter
    parts: tuple[Part, ...]


def parse(text: str) -> Outline:
    """The outline of any text; one without numbers is a single part."""
    lines = lines_of(text)
    front, start = front_matter.split(lines)
    return Outline(front, _Reader(lines[start:]).read())


@dataclass
class _Draft:
    """A part while its lines are still being gathered."""

    level: int
    kind: Kind
    slug: str
    number: str = ""
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)

    @property
    def is_untouched(self) -> bool:
        return not self.paragraphs

    def finished(self, anchor: str) -> Part:
        return Part(self.level, self.number, self.title, tuple(self.paragraphs), anchor, self.kind)


class _Reader:
    """Reads line by line, keeping the part that is being filled."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._nesting = Nesting(Sequences(lines))
        self._base = 0
        self._parts: list[_Draft] = []

    def read(self) -> tuple[Part, ...]:
        for at, line in enumerate(self._lines):
            self._take(at, line)
        return _anchored(self._parts)

    @property
    def _is_just_named(self) -> bool:
        """Whether the line above was an appendix's name: its title comes next."""
        return self._kind is Kind.APPENDIX and self._parts[-1].is_untouched

    @property
    def _kind(self) -> Kind | None:
        return self._parts[-1].kind if self._parts else None

    def _take(self, at: int, line: Line) -> None:
        closed = self._kind is Kind.CLOSING
        if endings.opens_appendix(self._lines, at, closed=closed, named=self._is_just_named):
            self._open_appendix(line)
        elif not closed and self._parts and endings.closes(line.text):
            self._open(_Draft(self._base + 1, Kind.CLOSING, "ket"), line.text)
        elif closed or not self._opens_part(at, line):
            self._add(line)

    def _open_appendix(self, line: Line) -> None:
        self._nesting.restart()
        self._base = 1
        self._parts.append(_Draft(1, Kind.APPENDIX, _slug(line.text), title=line.text))

    def _opens_part(self, at: int, line: Line) -> bool:
        reading = self._nesting.enter(at, line.heading)
        if reading:
            self._open_numbered(reading, line)
        elif line.heading:
            self._nesting.enter_heading(line.heading)
            self._open(_Draft(self._level, Kind.BODY, _slug(line.text), title=line.text))
        return bool(reading or line.heading)

    @property
    def _level(self) -> int:
        return self._base + len(self._nesting.open)

    def _open_numbered(self, reading: Reading, line: Line) -> None:
        draft = _Draft(self._level, Kind.BODY, _slug(reading.number), reading.number)
        if line.heading or is_title(reading.rest):
            draft.title = reading.rest
            self._open(draft)
        else:
            self._open(draft, reading.rest)

    def _open(self, draft: _Draft, *paragraphs: str) -> None:
        draft.paragraphs.extend(paragraphs)
        self._parts.append(draft)

    def _add(self, line: Line) -> None:
        if not self._parts:
            self._open(_Draft(1, Kind.OPENING, "mo-dau"))
        part = self._parts[-1]
        if _continues_title(part, line):
            part.title = f"{part.title} {line.text}".strip()
        else:
            part.paragraphs.append(line.text)


def is_title(text: str) -> bool:
    """Whether what follows a number is a title rather than a paragraph."""
    size = len(text.split())
    if is_capitals(text):
        return size <= LONGEST_TITLE
    if text.endswith(":"):
        return size <= LONGEST_TITLE_WITH_COLON
    if text.endswith(_ENDS_A_CLAUSE):
        return False
    return size <= (LONGEST_TITLE_WITH_STOP if text.endswith(_ENDS_A_SENTENCE) else LONGEST_TITLE)


def _continues_title(part: _Draft, line: Line) -> bool:
    """Whether a title, broken over two lines or put under its number, goes on here."""
    if part.kind in (Kind.OPENING, Kind.CLOSING) or not part.is_untouched or line.is_table_row:
        return False
    if not part.title:
        return is_title(line.text) and not line.text.startswith(("- ", "+ "))
    if part.title.endswith((".", ":", ";")) or not is_capitals(part.title):
        return False
    return is_capitals(line.text) or (line.text[0].islower() and part.kind is Kind.BODY)


def _anchored(drafts: Sequence[_Draft]) -> tuple[Part, ...]:
    """Give every part an address of its own, made of the numbers above it: "ii-1-a"."""
    path: list[_Draft] = []
    uses: Counter[str] = Counter()
    parts = []
    for draft in drafts:
        path = [above for above in path if above.level < draft.level] + [draft]
        anchor = "-".join(above.slug for above in _named(path))
        uses[anchor] += 1
        parts.append(draft.finished(anchor if uses[anchor] == 1 else f"{anchor}~{uses[anchor]}"))
    return tuple(parts)


def _named(path: Sequence[_Draft]) -> Sequence[_Draft]:
    """What an address says: neither the annex nor, since articles count through, their chapters."""
    articles = [at for at, draft in enumerate(path) if draft.number.startswith(("Điều", "ĐIỀU"))]
    if articles:
        return path[articles[-1] :]
    return path[1:] if len(path) > 1 and path[0].kind is Kind.APPENDIX else path


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "dd" if len(text) <= 2 else "d"))
    ascii_only = "".join(letter for letter in plain if letter.isascii())
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only)[:4])[:40] or "phan"
