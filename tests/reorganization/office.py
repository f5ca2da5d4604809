"""Deciding in the test world: the plans of acts, in one line each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.org.models import Membership, Unit
from studyhub.org.succession import Act, Reorganization
from studyhub.reorganization import service
from studyhub.reorganization.plan import NewUnit, Plan
from tests.world import NOW, TODAY, World

BASIS = "Số 31-QĐ/ĐU, 20/11/2026"
DAY = date(2026, 11, 25)


def plan(act: Act, *units: Unit, **facts: Any) -> Plan:
    """A plan for today, by a decision."""
    target = facts.pop("to", None)
    named = facts.pop("named", ())
    founded = tuple(NewUnit(key=f"new{n}", name=name) for n, name in enumerate(named))
    given: dict[str, Any] = {"day": DAY, "basis": BASIS, **facts}
    ids = tuple(unit.id for unit in units)
    target_id = target.id if target else None
    return Plan(act=act, units=ids, target=target_id, founded=founded, **given)


def decide(world: World, act: Act, *units: Unit, **facts: Any) -> Reorganization:
    """The officer decides; what is to be done today is done."""
    return service.decide(
        world.db, plan(act, *units, **facts), by=world.actor(world.dung), today=TODAY, now=NOW
    )


def names_in(db: Session, cell: Unit) -> Sequence[str]:
    """Who belongs to a cell now."""
    rows = db.scalars(
        select(Membership).where(Membership.cell_id == cell.id, Membership.until.is_(None))
    )
    return sorted(row.user.full_name.split()[-1] for row in rows)
