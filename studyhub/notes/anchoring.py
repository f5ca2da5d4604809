"""Where marked words stand in a document that may have been corrected since: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

TELLING = 16
"""Characters: fewer stand in many places, and are looked for in their own part only."""


class PartLike(Protocol):
    """What is asked of a part of a document."""

    @property
    def anchor(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def paragraphs(self) -> list[str]: ...


class MarkLike(Protocol):
    """What is asked of a mark."""

    @property
    def anchor(self) -> str: ...
    @property
    def part(self) -> int: ...
    @property
    def paragraph(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def words(self) -> str: ...


@dataclass(frozen=True, order=True)
class Spot:
    """From which character to which, of which paragraph of which part."""

    part: int
    paragraph: int
    start: int
    end: int


def spot_of(parts: Sequence[PartLike], mark: MarkLike) -> Spot | None:
    """Where the words are now: the same place, else the nearest that reads the same; or nowhere."""
    return min(_spots(parts, mark), key=lambda spot: _distance(parts, mark, spot), default=None)


def _spots(parts: Sequence[PartLike], mark: MarkLike) -> Iterator[Spot]:
    for part in parts:
        if len(mark.words) < TELLING and part.anchor != mark.anchor:
            continue
        for number, text in enumerate(part.paragraphs):
            at = text.find(mark.words) if mark.words else -1
            while at >= 0:
                yield Spot(part.position, number, at, at + len(mark.words))
                at = text.find(mark.words, at + 1)


def _distance(
    parts: Sequence[PartLike], mark: MarkLike, spot: Spot
) -> tuple[bool, int, int, int, Spot]:
    elsewhere = parts[spot.part].anchor != mark.anchor
    return (
        elsewhere,
        abs(spot.part - mark.part),
        abs(spot.paragraph - mark.paragraph),
        abs(spot.start - mark.start),
        spot,
    )
