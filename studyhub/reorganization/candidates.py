"""Which units an act can be about, besides the one it is planned from: siblings first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.orm import Session, selectinload

from studyhub.kernel.errors import Missing
from studyhub.kernel.ids import UnitId
from studyhub.kernel.words import N_
from studyhub.org import finding
from studyhub.org.models import Unit
from studyhub.org.rules import BELOW
from studyhub.org.tree import lineage, order
from studyhub.reorganization.headcounts import headcounts

FEW = 40
"""So many units fit into one list; among more one searches."""


@dataclass(frozen=True)
class Candidates:
    """Units to choose from; `more` were found and left out. `members`: how many each has,
    the one they are chosen for too."""

    units: Sequence[Unit]
    members: dict[UnitId, int]
    is_search: bool = False
    """There are too many for one list: the siblings are shown, others are searched for."""
    more: int = 0


def like(unit: Unit) -> ColumnElement[bool]:
    """The units that can be put together with this one: of its kind, neither above nor below it."""
    return and_(
        Unit.kind == unit.kind,
        Unit.until.is_(None),
        not_(Unit.path.startswith(unit.path, autoescape=True)),
        Unit.path.not_in(lineage(unit.path)),
    )


def above(unit: Unit) -> ColumnElement[bool]:
    """The units below which this one can stand, the present one left out."""
    kinds = [kind for kind, below in BELOW.items() if unit.kind in below]
    return and_(
        Unit.kind.in_(kinds),
        Unit.until.is_(None),
        not_(Unit.path.startswith(unit.path, autoescape=True)),
        Unit.id != unit.parent_id,
    )


def candidates(
    db: Session,
    unit: Unit,
    where: ColumnElement[bool],
    *,
    words: str = "",
    chosen: Collection[UUID] = (),
) -> Candidates:
    """All of them where there are few; else those chosen, and the siblings or those found."""
    rows = select(Unit).options(selectinload(Unit.parent))
    all_ = db.scalars(rows.where(where).limit(FEW + 1)).all()
    if len(all_) <= FEW:
        units = _in_order(all_, unit)
        return Candidates(units, headcounts(db, [unit, *units]))
    kept = db.scalars(rows.where(where, Unit.id.in_(chosen))).all()
    more = 0
    if words:
        found = finding.units(db, words, visible=where)
        others, more = found.units, found.more
    else:
        others = db.scalars(rows.where(where, Unit.parent_id == unit.parent_id).limit(FEW)).all()
    units = _in_order(list(dict.fromkeys([*kept, *others])), unit)
    return Candidates(units, headcounts(db, [unit, *units]), is_search=True, more=more)


def units_of(db: Session, ids: Sequence[UUID], *, within: ColumnElement[bool]) -> Sequence[Unit]:
    """These units in this order; what is unknown, or not within, is not there."""
    rows = db.scalars(
        select(Unit).where(Unit.id.in_(ids), within).options(selectinload(Unit.parent))
    )
    found: dict[UUID, Unit] = {unit.id: unit for unit in rows}
    if len(found) < len(set(ids)):
        raise Missing(N_("There is nothing here."))
    return [found[one] for one in dict.fromkeys(ids)]


def hold(db: Session, ids: Collection[UUID]) -> None:
    """Hold these units until the transaction ends, always in one order."""
    db.scalars(
        select(Unit)
        .where(Unit.id.in_(ids))
        .order_by(Unit.id)
        .with_for_update(of=Unit)
        .execution_options(populate_existing=True)
    ).all()


def children_on(db: Session, unit: Unit, day: date) -> Sequence[Unit]:
    """The units one step below, on that day: the parts of an organization that is divided."""
    below = select(Unit).where(Unit.parent_id == unit.id, Unit.covers(day))
    return sorted(db.scalars(below), key=lambda one: order(one.path))


def _in_order(units: Sequence[Unit], first: Unit) -> list[Unit]:
    """Siblings first, each in the order of the tree."""
    return sorted(units, key=lambda one: (one.parent_id != first.parent_id, order(one.path)))
