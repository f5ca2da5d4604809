"""What lies before a reader: one page of a document, its outline, what was looked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from studyhub.library import finding, pages
from studyhub.library.models import Document, DocumentPart, Reading
from studyhub.library.pages import Page

OUTLINED = 3
"""How far in a titled part still stands in the outline."""
DEEPEST_HEADING = 6


@dataclass(frozen=True)
class Hit:
    """A part in which the words stand."""

    part: DocumentPart
    count: int
    excerpt: str


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A document opened at a part, or as a whole."""

    document: Document
    reading: Reading | None
    asked: int | None
    whole: bool
    words: str

    @classmethod
    def of(cls, document: Document, reading: Reading | None, asked: Mapping[str, str]) -> "Desk":
        """As the address asks: `part`, `whole`, `q`."""
        part, words = asked.get("part", ""), asked.get("q", "")
        return cls(
            document=document,
            reading=reading,
            asked=int(part) if part.isdecimal() and len(part) < 7 else None,
            whole="whole" in asked,
            words=words if finding.is_worth_finding(words) else "",
        )

    @cached_property
    def pages(self) -> Sequence[Page]:
        return pages.paged(self.document.parts)

    @property
    def at(self) -> int:
        """The index of the page."""
        return pages.page_at(self.pages, self.asked or 0)

    @property
    def is_paged(self) -> bool:
        return len(self.pages) > 1

    @property
    def shown(self) -> Sequence[DocumentPart]:
        """The parts on this page."""
        page = self.pages[self.at]
        return self.document.parts if self.whole else self.document.parts[page.first : page.end]

    @property
    def before(self) -> DocumentPart | None:
        """The first part of the page before."""
        return None if self.whole else self._first_of(self.at - 1)

    @property
    def next(self) -> DocumentPart | None:
        """The first part of the next page."""
        return None if self.whole else self._first_of(self.at + 1)

    def _first_of(self, at: int) -> DocumentPart | None:
        return self.document.parts[self.pages[at].first] if 0 <= at < len(self.pages) else None

    @property
    def minutes(self) -> int:
        """About how long to the end."""
        return pages.minutes_from(self.pages, 0 if self.whole else self.at)

    @property
    def furthest(self) -> int:
        """How many of the parts one has come to."""
        if self.reading is None:
            return 0
        return min(self.reading.furthest + 1, len(self.document.parts))

    @property
    def stopped_at(self) -> DocumentPart | None:
        """Where one stopped, when one comes back and that is not here."""
        if self.reading is None or self.reading.finished_at or self.asked is not None:
            return None
        position = min(self.reading.position, len(self.document.parts) - 1)
        return self.document.parts[position] if position > 0 else None

    @cached_property
    def headings(self) -> Mapping[int, int]:
        """Which heading each titled part on this page is, without skipping a rank."""
        return dict(_headings(self.shown))

    @cached_property
    def outline(self) -> Sequence[DocumentPart]:
        """The parts worth a line in the outline."""
        return [
            part
            for part in self.document.parts
            if part.level == 1 or (part.title and part.level <= OUTLINED)
        ]

    @property
    def current(self) -> int:
        """The position of the outline's entry one is in at the head of this page."""
        first = self.shown[0].position if self.shown else 0
        return max((p.position for p in self.outline if p.position <= first), default=-1)

    def is_shown(self, part: DocumentPart) -> bool:
        """Whether the part is on this page."""
        return self.whole or part.position in self.pages[self.at]

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """Every part that holds the words looked for."""
        return list(_hits(self.document.parts, self.words)) if self.words else []


def _headings(parts: Sequence[DocumentPart]) -> Iterator[tuple[int, int]]:
    above: list[int] = []
    for part in parts:
        above = [level for level in above if level < part.level]
        if part.title:
            yield part.position, min(len(above) + 2, DEEPEST_HEADING)
            above.append(part.level)


def _hits(parts: Sequence[DocumentPart], words: str) -> Iterator[Hit]:
    for part in parts:
        texts = [f"{part.number} {part.title}", *part.paragraphs]
        counts = [finding.count(text, words) for text in texts]
        if any(counts):
            first = next(text for text, count in zip(texts, counts, strict=True) if count)
            yield Hit(part, sum(counts), finding.excerpt(first.strip(), words))
