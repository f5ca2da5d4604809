"""A long document is read page by page: cut where its parts begin, never within one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from studyhub.kernel.vietnamese import count_syllables

SHORT_DOCUMENT = 3_000
"""In syllables, like all below: a shorter document is one page."""
LONGEST = 2_000
"""A longer part is cut where its own parts begin."""
ROOM = 700
"""Small neighbours share a page up to this."""
TINY = 120
"""Less than this does not stand alone: a heading goes with what it heads."""
PER_MINUTE = 220
"""How many syllables of such a text are read in a minute."""


class Passage(Protocol):
    """What is asked of a part here."""

    @property
    def level(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def paragraphs(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Page:
    """The parts from position `first` up to, not including, `end`."""

    first: int
    end: int
    syllables: int

    def __contains__(self, position: int) -> bool:
        return self.first <= position < self.end


def paged(parts: Sequence[Passage]) -> tuple[Page, ...]:
    """The document cut into pages; together they hold every part once."""
    cutter = _Cutter(parts)
    if sum(cutter.sizes) <= SHORT_DOCUMENT:
        return (cutter.page(0, len(parts)),)
    return tuple(cutter.packed(list(cutter.pieces(0, len(parts)))))


def page_at(pages: Sequence[Page], position: int) -> int:
    """The index of the page where the part at `position` stands; the last page if beyond."""
    return next((at for at, page in enumerate(pages) if position in page), len(pages) - 1)


def minutes_from(pages: Sequence[Page], at: int) -> int:
    """About how long it takes to read from the page at this index to the end."""
    return max(1, round(sum(page.syllables for page in pages[at:]) / PER_MINUTE))


def size(part: Passage) -> int:
    """How many syllables the part has, its number and title included."""
    return sum(count_syllables(text) for text in (part.number, part.title, *part.paragraphs))


class _Cutter:
    def __init__(self, parts: Sequence[Passage]) -> None:
        self.sizes = [size(part) for part in parts]
        self._levels = [part.level for part in parts]

    def page(self, first: int, end: int) -> Page:
        return Page(first, end, sum(self.sizes[first:end]))

    def pieces(self, first: int, end: int) -> Iterator[Page]:
        """Cut at the outermost level that cuts, and again within what is still too long."""
        whole = self.page(first, end)
        cuts = self._cuts(first, end) if whole.syllables > LONGEST else []
        if not cuts:
            yield whole
            return
        for start, stop in zip([first, *cuts], [*cuts, end], strict=True):
            yield from self.pieces(start, stop)

    def _cuts(self, first: int, end: int) -> list[int]:
        for level in sorted({*self._levels[first:end]}):
            cuts = [at for at in range(first + 1, end) if self._levels[at] <= level]
            if cuts:
                return cuts
        return []

    def packed(self, pieces: Sequence[Page]) -> list[Page]:
        """Put small neighbours together, but nothing onto a page that began further in."""
        pages = [pieces[0]]
        for piece in pieces[1:]:
            if self._share(pages[-1], piece):
                pages[-1] = self.page(pages[-1].first, piece.end)
            else:
                pages.append(piece)
        while len(pages) > 1 and pages[-1].syllables < TINY:
            pages[-2:] = [self.page(pages[-2].first, pages[-1].end)]
        return pages

    def _share(self, page: Page, piece: Page) -> bool:
        if self._levels[piece.first] < self._levels[page.first]:
            return False
        if page.syllables < TINY:
            return True
        return page.syllables + piece.syllables <= ROOM and not self._is_head(piece)

    def _is_head(self, piece: Page) -> bool:
        """An outermost part with parts of its own, or a head whose parts fill the next pages."""
        level = self._levels[piece.first]
        within, behind = self._levels[piece.first + 1 :][:1], self._levels[piece.end :][:1]
        return (level == 1 and within > [1]) or behind > [level]
