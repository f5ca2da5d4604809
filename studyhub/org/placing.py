"""A unit gets another name, or another place in the tree; what it was is kept, to the day."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Unfit
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.quiet import require_standing, require_still
from studyhub.org.rules import BELOW
from studyhub.org.succession import FormerPlace
from studyhub.org.tree import is_within, path_below
from studyhub.org.units import names


def require_renamable(db: Session, unit: Unit, name: str, short_name: str, on: date) -> None:
    """Refuse a name that says nothing new, or a day the unit did not see."""
    new = names(name, short_name)
    if (new["name"], new["short_name"]) == (unit.name, unit.short_name):
        raise Unfit(N_("The unit is called that already."), about="name")
    require_still(db, unit, on)


def rename(
    db: Session,
    unit: Unit,
    *,
    name: str,
    short_name: str,
    on: date,
    reorganization_id: UUID,
    by: Actor | None,
    now: datetime,
) -> None:
    """From that day the unit is called so; before it, what it was called then."""
    require_renamable(db, unit, name, short_name, on)
    _remember(db, [unit], on, reorganization_id)
    new = names(name, short_name)
    unit.name, unit.short_name = new["name"], new["short_name"]
    db.flush()
    log.record(db, Deed.UNIT_RENAMED, unit.id, by=by, now=now, day=on.isoformat())


def require_movable(db: Session, unit: Unit, to: Unit, on: date) -> None:
    """Refuse a place that cannot be: itself, below itself, or where such a unit cannot stand."""
    if unit.parent_id is None:
        raise Unfit(N_("The root of the tree stays where it is."), about="target")
    if is_within(to.path, unit.path):
        raise Unfit(N_("A unit cannot stand below itself."), about="target")
    if unit.parent_id == to.id:
        raise Unfit(N_("The unit stands there already. Choose another."), about="target")
    if unit.kind not in BELOW[to.kind]:
        message = N_("A unit of this kind cannot stand below %(parent)s.")
        raise Unfit(message, about="target", parent=to.name)
    require_standing(to, on + ONE_DAY)
    require_still(db, unit, on)


def move(
    db: Session,
    unit: Unit,
    to: Unit,
    *,
    on: date,
    reorganization_id: UUID,
    by: Actor | None,
    now: datetime,
) -> None:
    """From that day the unit, with all below it, stands below another; ids stay what they are."""
    require_movable(db, unit, to, on)
    branch = _branch(db, unit.path)
    _remember(db, branch, on, reorganization_id)
    db.flush()
    db.refresh(to, with_for_update={"of": Unit})
    to.children_ever += 1
    _replant(branch, unit.path, path_below(to.path, to.children_ever))
    unit.parent = to
    db.flush()
    log.record(db, Deed.UNIT_MOVED, unit.id, by=by, now=now, day=on.isoformat(), path=unit.path)


def put_back(db: Session, reorganization_id: UUID) -> list[Unit]:
    """The units an act renamed or moved stand again where they stood, called as they were.

    Units founded below them since come along.
    """
    former = db.scalars(
        select(FormerPlace)
        .where(FormerPlace.reorganization_id == reorganization_id)
        .order_by(FormerPlace.path)
    ).all()
    units = [place.unit for place in former]
    for place, unit in zip(former, units, strict=True):
        if unit.path != place.path:
            _replant(_branch(db, unit.path), unit.path, place.path)
        unit.parent_id, unit.name, unit.short_name = place.parent_id, place.name, place.short_name
        db.delete(place)
        db.flush()
        db.refresh(unit)
    return units


def _branch(db: Session, path: str) -> Sequence[Unit]:
    """The unit and all that ever stood below it, held until the transaction ends."""
    return db.scalars(
        select(Unit)
        .where(Unit.path.startswith(path, autoescape=True))
        .order_by(Unit.path)
        .with_for_update()
    ).all()


def _replant(branch: Sequence[Unit], before: str, after: str) -> None:
    for unit in branch:
        unit.path = after + unit.path.removeprefix(before)


def _remember(db: Session, units: Sequence[Unit], on: date, reorganization_id: UUID) -> None:
    """Keep what each was; those founded on the day or later never were anything else."""
    db.add_all(
        FormerPlace(
            id=new_uuid(),
            unit=unit,
            reorganization_id=reorganization_id,
            until=on - ONE_DAY,
            parent_id=unit.parent_id,
            path=unit.path,
            name=unit.name,
            short_name=unit.short_name,
        )
        for unit in units
        if unit.since < on
    )
