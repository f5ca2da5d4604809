"""What a round says of a unit, then or now, and the bridge between the two: values."""

from collections.abc import Sequence
from dataclasses import dataclass

from studyhub.completion.lines import Place
from studyhub.completion.models import Tally
from studyhub.completion.rules import Measure
from studyhub.completion.then import Figures
from studyhub.kernel.ids import UnitId


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a unit of then brings along: all of its people, also those who went elsewhere."""

    unit_id: UnitId
    path: str
    """Where the unit stands today, or stood on its last day."""
    name: str
    required: int
    done: int


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """How the figures of a unit today come about: the parts, less those gone elsewhere."""

    parts: Sequence[Part]
    gone_required: int
    gone_done: int
    required: int
    done: int

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to bridge: one unit, and all of it."""
        return len(self.parts) <= 1 and not self.gone_required


@dataclass(frozen=True, kw_only=True)
class Flow:
    """People of one cell then, and the unit they are counted in today.

    `is_lost`: the cell has ended and nobody succeeded it; they are counted in
    the unit above.
    """

    cell_id: UnitId
    place: Place
    told: Figures
    is_lost: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """A unit in a round, and what stands one step below it: tallies that nobody keeps."""

    whole: Tally
    below: Sequence[Tally]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is counted: neither required nor exempt."""
        return not (self.whole.required or self.whole.exempt)

    def says(self) -> object:
        """What can be compared: names and figures, whatever the order."""
        rows = (self.whole, *self.below)
        return {(row.unit_id, row.name, *(getattr(row, m.value) for m in Measure)) for row in rows}
