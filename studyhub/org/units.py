"""The deeds about units: founding them, and correcting their names."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.models import Unit, UnitKind
from studyhub.org.rules import BELOW, require_valid
from studyhub.org.tree import path_below


def found_unit(
    db: Session,
    parent: Unit | None,
    *,
    kind: UnitKind,
    name: str,
    short_name: str = "",
    since: date,
    by: Actor | None,
    now: datetime,
) -> Unit:
    """Found a unit below `parent`; without one, the root of the tree, once, at set-up.

    Its place in the tree is never given to another, whatever becomes of it. Two
    who found units below one parent at the same time follow each other.
    """
    path = _root_path(db, kind) if parent is None else _next_path(db, parent, kind, since)
    unit = Unit(
        id=new_uuid(), parent=parent, path=path, kind=kind, since=since, **names(name, short_name)
    )
    db.add(unit)
    db.flush()
    log.record(db, Deed.UNIT_ADDED, unit.id, by=by, now=now, path=path, since=since.isoformat())
    return unit


def change_unit(
    db: Session, unit: Unit, *, name: str, short_name: str, by: Actor | None, now: datetime
) -> None:
    """Correct what a unit is called; the log keeps what it was called before."""
    before = unit.name
    unit.name, unit.short_name = names(name, short_name).values()
    log.record(db, Deed.UNIT_CHANGED, unit.id, by=by, now=now, before=before, after=unit.name)


def names(name: str, short_name: str) -> dict[str, str]:
    """What a unit is called, tidied; it must be called something."""
    if not tidy(name):
        raise Unfit(N_("A unit needs a name."), about="name")
    return {"name": tidy(name), "short_name": tidy(short_name)}


def _root_path(db: Session, kind: UnitKind) -> str:
    if kind is UnitKind.GROUP:
        raise Unfit(N_("A group can only stand below a cell."))
    if db.scalar(select(Unit.id).where(Unit.parent_id.is_(None))) is not None:
        raise Conflict(N_("The tree has its root already. Add the unit below one that exists."))
    return path_below("", 1)


def _next_path(db: Session, parent: Unit, kind: UnitKind, since: date) -> str:
    _require_fit(parent, kind)
    require_valid(parent, since)
    db.flush()
    db.refresh(parent, with_for_update={"of": Unit})
    parent.children_ever += 1
    return path_below(parent.path, parent.children_ever)


def _require_fit(parent: Unit, kind: UnitKind) -> None:
    if kind in BELOW[parent.kind]:
        return
    if kind is UnitKind.GROUP:
        raise Unfit(N_("A group can only stand below a cell."))
    if parent.is_cell:
        raise Unfit(N_("Only groups can stand below a cell."))
    raise Unfit(N_("A unit of this kind cannot stand below %(parent)s."), parent=parent.name)
