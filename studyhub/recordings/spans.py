"""Stretches of a recording, and their union. Pure; all in whole milliseconds.

A browser tells where the player was four times a second: stretches closer to each other
than `CLOSE` are one, and one that ends so near the end has reached it.
"""

from collections.abc import Iterable

Span = tuple[int, int]
Spans = list[list[int]]
"""As they are kept: sorted, apart from each other, none empty."""

CLOSE = 500


def union(told: Iterable[Iterable[int]], duration: int) -> Spans:
    """These stretches as one set, within the recording."""
    merged: Spans = []
    for begins, ends in sorted(_within(told, duration)):
        if merged and begins - merged[-1][1] <= CLOSE:
            merged[-1][1] = max(merged[-1][1], ends)
        else:
            merged.append([begins, ends])
    return merged


def total(spans: Spans) -> int:
    """How much they are together."""
    return sum(ends - begins for begins, ends in spans)


def missing(spans: Spans, duration: int) -> Spans:
    """What of the recording is in none of them."""
    edges = [0, *(edge for span in spans for edge in span), duration]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [[begins, ends] for begins, ends in pairs if begins < ends]


def grown(kept: Spans, told: Iterable[Iterable[int]], duration: int, *, most: int) -> Spans:
    """The union of both, in which at most so much is new: what goes beyond is cut off."""
    spans, left = kept, most
    for begins, ends in _within(told, duration):
        wider = union([*spans, [begins, ends]], duration)
        new = total(wider) - total(spans)
        if new > left:
            return _cut(spans, begins, ends, duration, left)
        spans, left = wider, left - new
    return spans


def _cut(spans: Spans, begins: int, ends: int, duration: int, most: int) -> Spans:
    """With so much of the stretch, from its beginning, as is allowed."""
    low, high = begins, ends
    while low < high:
        middle = (low + high + 1) // 2
        new = total(union([*spans, [begins, middle]], duration)) - total(spans)
        low, high = (middle, high) if new <= most else (low, middle - 1)
    return union([*spans, [begins, low]], duration) if low > begins else spans


def _within(told: Iterable[Iterable[int]], duration: int) -> list[Span]:
    found = []
    for begins, ends in told:
        last = duration if duration - ends <= CLOSE else ends
        if 0 <= begins < last:
            found.append((begins if begins > CLOSE else 0, last))
    return found
