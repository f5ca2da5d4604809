"""What taking over a list would do: plain values, to be shown, and carried out if nothing moved."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UnitId
from studyhub.kernel.words import N_
from studyhub.org.models import Standing
from studyhub.roster.columns import Column
from studyhub.roster.lines import Fault, Line
from studyhub.roster.register import Known

STANDINGS: dict[Standing, str] = {
    Standing.OFFICIAL: N_("Official member"),
    Standing.PROBATIONARY: N_("Probationary member"),
}
POSTS: dict[Post, str] = {
    Post.SECRETARY: N_("Secretary"),
    Post.DEPUTY: N_("Deputy secretary"),
    Post.COMMITTEE_MEMBER: N_("Cell committee member"),
}


@dataclass(frozen=True)
class Place:
    """The cell of a line: one that is there, or one that the plan founds."""

    name: str
    id: UnitId | None = None


@dataclass(frozen=True)
class Change:
    """One thing about a person: what it was, and what the list says."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """What is done for one line: somebody new, or changes to somebody known."""

    line: Line
    place: Place
    person: Known | None
    standing: Standing
    since: date
    changes: tuple[Change, ...] = ()
    posts: tuple[Post, ...] = ()
    """Posts to be taken up."""
    exempt_since: date | None = None

    def touches(self, *columns: Column) -> bool:
        """Whether anything in these columns changes."""
        return any(change.column in columns for change in self.changes)


@dataclass(frozen=True)
class MissingCell:
    """A cell that the list names and the tree does not have."""

    name: str
    rows: int
    is_founded: bool


@dataclass(frozen=True)
class Absent:
    """Somebody who stands in the register of a cell of the list, but not in the list."""

    name: str
    born: date | None
    card: str | None
    cell: str


@dataclass
class Plan:
    """The whole dry run."""

    as_of: date
    rows: int
    new: list[Step] = field(default_factory=list)
    changed: list[Step] = field(default_factory=list)
    unchanged: int = 0
    absent: list[Absent] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cells: list[MissingCell] = field(default_factory=list)
    other_posts: dict[str, int] = field(default_factory=dict)
    """Words under “Party post” that name no post in a cell, and how often."""
    years_only: int = 0
    still_exempt: int = 0
    """Exempt in the register, active in the list: to be ended by hand."""

    @property
    def founded(self) -> Sequence[MissingCell]:
        """The cells that the plan founds: those chosen in which somebody would stand."""
        used = {step.place.name for step in self.new + self.changed if step.place.id is None}
        return [cell for cell in self.cells if cell.is_founded and cell.name in used]

    @property
    def size(self) -> int:
        """How many things would change."""
        return len(self.new) + len(self.changed) + len(self.founded)

    @property
    def wrong_rows(self) -> int:
        """How many rows have something wrong."""
        return len({fault.row for fault in self.faults})

    @property
    def fingerprint(self) -> str:
        """The same for two plans that do the same."""
        deeds = (self.as_of, [cell.name for cell in self.founded], self.new, self.changed)
        return hashlib.sha256(repr(deeds).encode()).hexdigest()
