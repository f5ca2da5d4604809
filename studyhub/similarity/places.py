"""Passages of one text gathered into places: what overlaps is one, with all its sources. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from studyhub.kernel.ids import DocumentId

Span = tuple[int, int]

ENOUGH = 0.5
"""Passages of which the shorter lies in the other by this share are in the same place."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A passage, and where the same stands in another text: a document or a version."""

    start: int
    end: int
    there: Span
    document_id: DocumentId | None = None
    version_id: UUID | None = None
    is_later: bool = False
    """Whether the other was handed in after this one."""


@dataclass(slots=True)
class Place:
    """A stretch of the text, and all its twins."""

    start: int
    end: int
    twins: list[Twin]


def gathered(twins: Iterable[Twin], *, most: int) -> list[Place]:
    """The places in their order; when there are too many, the longest."""
    places: list[Place] = []
    for twin in sorted(twins, key=lambda twin: (twin.start, -twin.end)):
        last = places[-1] if places else None
        if last and _overlaps(last, twin):
            last.end = max(last.end, twin.end)
            last.twins.append(twin)
        else:
            places.append(Place(twin.start, twin.end, [twin]))
    longest = sorted(places, key=lambda place: place.start - place.end)[:most]
    return sorted(longest, key=lambda place: place.start)


def merged(spans: Iterable[Sequence[int]]) -> list[Span]:
    """The same stretches without overlaps: each character is told once."""
    found: list[Span] = []
    for start, end in sorted((span[0], span[1]) for span in spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _overlaps(place: Place, twin: Twin) -> bool:
    common = min(place.end, twin.end) - twin.start
    return common >= ENOUGH * min(place.end - place.start, twin.end - twin.start)
