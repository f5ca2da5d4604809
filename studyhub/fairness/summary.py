"""What a sample came to, cell by cell: fractions in the order of the tree, never a ranking. Pure.

Counted from the rows of the one sample (at most `sampling.MOST`), not from the figures of the
round: it is a matter of this sample alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from studyhub.fairness.models import Reread
from studyhub.org.tree import order


@dataclass(frozen=True)
class Count:
    """How many were drawn, read so far, and how many of these are seen otherwise."""

    drawn: int
    read: int
    differing: int

    @property
    def agreeing(self) -> int:
        """Those of which the reader thinks as whoever decided."""
        return self.read - self.differing

    @property
    def is_whole(self) -> bool:
        """Whether everything has been read."""
        return self.read == self.drawn


@dataclass(frozen=True)
class Line(Count):
    """The same of one cell."""

    cell: str


def count(rereads: Iterable[Reread]) -> Count:
    """Of all of them."""
    told = [one.agrees for one in rereads]
    return Count(len(told), sum(one is not None for one in told), sum(one is False for one in told))


def by_cell(rereads: Iterable[Reread]) -> list[Line]:
    """Of each cell of which something was drawn."""
    inside = sorted(rereads, key=lambda one: order(one.cell.path))
    lines = []
    for cell, found in groupby(inside, key=lambda one: one.cell):
        whole = count(found)
        lines.append(Line(whole.drawn, whole.read, whole.differing, cell.name))
    return lines
