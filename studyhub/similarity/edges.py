"""Where a passage begins and ends: people borrow sentences, not ten syllables and a half."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from studyhub.similarity.aligning import Passage
from studyhub.similarity.reading import Reading

OUTWARD, INWARD = 5, 3
"""How many syllables an edge moves at most to where a sentence begins or ends."""


def fitted(passage: Passage, reading: Reading, source: Reading) -> Passage:
    """The same passage, its edges moved to the limits of sentences near by, in both texts."""
    start, end = snapped(passage.start, passage.end, reading.opens)
    there, past = snapped(passage.source_start, passage.source_end, source.opens)
    return replace(passage, start=start, end=end, source_start=there, source_end=past)


def snapped(start: int, end: int, opens: Sequence[int]) -> tuple[int, int]:
    """The same stretch, from and to the limits of sentences where those are near."""
    at = bisect_right(opens, start) - 1
    if at >= 0 and start - opens[at] <= OUTWARD:
        start = opens[at]
    elif at + 1 < len(opens) and opens[at + 1] - start <= INWARD and opens[at + 1] < end:
        start = opens[at + 1]
    at = bisect_left(opens, end)
    if at < len(opens) and opens[at] - end <= OUTWARD:
        end = opens[at]
    elif at > 0 and end - opens[at - 1] <= INWARD and opens[at - 1] > start:
        end = opens[at - 1]
    return start, end
