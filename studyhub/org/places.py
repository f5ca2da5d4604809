"""The tree as it stood on a day: which units there were, where, and what they were called then.

A unit that was moved or renamed since has a `FormerPlace`: the one that held
until that day, or until the first day after it, tells what was true on it.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit, UnitKind
from studyhub.org.succession import FormerPlace
from studyhub.org.tree import lineage


class Place(NamedTuple):
    """A unit on a day. `path` and names are those of the day; what one sees is today's law."""

    id: UnitId
    kind: UnitKind
    path: str
    path_now: str
    name: str
    short_name: str
    is_visible: bool
    """Whether its page may be opened."""
    is_counted: bool
    """Whether one may know who belongs to it."""

    @property
    def is_cell(self) -> bool:
        """Whether members belong to it directly."""
        return self.kind is UnitKind.CELL


def places_on(
    db: Session, day: date, *, visible: ColumnElement[bool], counted: ColumnElement[bool]
) -> dict[str, Place]:
    """All units there were on that day, by their paths then.

    Whoever sees the register of a unit sees what was in it then, too, though
    it may stand elsewhere now.
    """
    former = former_places(db, day)
    rows = db.execute(
        select(
            Unit.id, Unit.kind, Unit.path, Unit.name, Unit.short_name,
            visible.label("is_visible"), counted.label("is_counted"),
        ).where(Unit.covers(day))
    )  # fmt: skip
    found = {}
    for id_, kind, path, name, short_name, is_visible, is_counted in rows:
        place = Place(id_, kind, path, path, name, short_name, bool(is_visible), bool(is_counted))
        before = former.get(id_) if former else None
        found[before.path if before else path] = _as_then(place, before) if before else place
    return _counted_within(found) if former else found


def former_places(db: Session, day: date) -> Mapping[UnitId, FormerPlace]:
    """What was true on that day of every unit of which something else is true now."""
    rows = db.scalars(
        select(FormerPlace).where(FormerPlace.until >= day).order_by(FormerPlace.until.desc())
    )
    return {row.unit_id: row for row in rows}


def _as_then(place: Place, before: FormerPlace) -> Place:
    return place._replace(path=before.path, name=before.name, short_name=before.short_name)


def _counted_within(found: dict[str, Place]) -> dict[str, Place]:
    counted = {path for path, place in found.items() if place.is_counted}
    return {
        path: place._replace(is_counted=any(above in counted for above in lineage(path)))
        for path, place in found.items()
    }
