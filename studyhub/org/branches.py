"""The tree on a day, as far as one looks into it, with how many belong where.

A province has thousands of units: as many levels are shown as fit on a page, the
others are opened one by one. Its members are counted once, by cell, from an index.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Membership, Unit
from studyhub.org.overview import secretaries_on
from studyhub.org.places import Place, places_on
from studyhub.org.tree import depth, lineage, order, parent_of

ROOM = 120
"""So many units are shown at once."""

AT_ONCE = 500
"""Of so many cells the members are asked for by cell; where there are more, those of all."""


@dataclass
class Branch:
    """A unit in the tree: with its figures, its secretary, and what is shown below it."""

    place: Place
    members: int
    cells: int
    secretary: User | None
    inside: int
    """How many units there are one step below, shown or not."""
    below: list["Branch"] = field(default_factory=list)


class _Forest:
    """What one may see of the tree, and the units above it."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        above: set[str] = set()
        for path, place in places.items():
            if (place.is_visible or place.is_counted) and path not in above:
                above.update(lineage(path))
        self.places = {path: place for path, place in places.items() if path in above}
        self.below: dict[str, list[str]] = defaultdict(list)
        for path in self.places:
            self.below[parent_of(path)].append(path)
        self.counted_cells = {
            place.path_now: path
            for path, place in self.places.items()
            if place.is_cell and place.is_counted
        }
        """Where a cell stands now, and where it stood."""

    @property
    def roots(self) -> list[str]:
        """The units above which there is none."""
        return [path for path in self.places if parent_of(path) not in self.places]

    def only(self, top: UnitId) -> list[str]:
        """The one unit, if it was there."""
        return [path for path, place in self.places.items() if place.id == top]

    def shown(self, roots: Sequence[str], *, whole: bool) -> Iterator[str]:
        """Level by level, while there is room; what stands there by name only is always open."""
        level, room, opens = list(roots), ROOM, True
        while level:
            yield from level
            room -= len(level)
            level = [path for above in level for path in self.below[above]]
            if not (opens or whole) and len(level) > room:
                level = [path for path in level if not self.places[parent_of(path)].is_visible]
            opens = False

    def totals(self, of_cells: Mapping[str, int]) -> Mapping[str, int]:
        """What is true of cells, added up the tree from below."""
        totals = dict.fromkeys(("", *self.places), 0)
        for path_now, path in self.counted_cells.items():
            totals[path] = of_cells.get(path_now, 0)
        for above in sorted(self.below, key=depth, reverse=True):
            if above in totals:
                totals[above] += sum(totals[path] for path in self.below[above])
        return totals


def tree_on(
    db: Session,
    day: date,
    *,
    visible: ColumnElement[bool],
    counted: ColumnElement[bool],
    top: UnitId | None = None,
    whole: bool = False,
) -> list[Branch]:
    """What one may see, below the units above it, which stand there by name only.

    From `top` down, if one is given; all of it, if the `whole` is wanted.
    """
    forest = _Forest(places_on(db, day, visible=visible, counted=counted))
    roots = forest.roots if top is None else forest.only(top)
    shown = sorted(forest.shown(roots, whole=whole), key=order)
    members = forest.totals(_members_on(db, day, forest.counted_cells))
    cells = forest.totals(dict.fromkeys(forest.counted_cells, 1))
    secretaries = _secretaries(db, day, [forest.places[path] for path in shown])
    grown: dict[str, Branch] = {}
    for path in shown:
        place, inside = forest.places[path], len(forest.below[path])
        secretary = secretaries.get(place.id)
        grown[path] = Branch(place, members[path], cells[path], secretary, inside)
        if path not in roots:
            grown[parent_of(path)].below.append(grown[path])
    return [grown[path] for path in sorted(roots, key=order)]


def _members_on(db: Session, day: date, cells: Collection[str]) -> Mapping[str, int]:
    """How many belong to each cell, exempt or not, by where the cells stand now."""
    counts = select(Unit.path, func.count()).join(Membership, Membership.cell_id == Unit.id)
    if len(cells) <= AT_ONCE:
        counts = counts.where(Unit.path.in_(list(cells)))
    rows = db.execute(counts.where(Membership.covers(day)).group_by(Unit.path))
    return {path: count for path, count in rows}  # noqa: C416 - a row is no pair to mypy


def _secretaries(db: Session, day: date, places: Sequence[Place]) -> Mapping[UnitId, User]:
    ids = [place.id for place in places if place.is_cell and place.is_visible]
    return {
        unit_id: user
        for start in range(0, len(ids), AT_ONCE)
        for unit_id, user in secretaries_on(db, ids[start : start + AT_ONCE], day).items()
    }
