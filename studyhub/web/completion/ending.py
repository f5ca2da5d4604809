"""What became of a unit that is no longer there: for the note on its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.org.models import Unit
from studyhub.org.succession import Act, Reorganization, Succession


@dataclass(frozen=True, kw_only=True)
class Ending:
    """By which act, from which day on, and who stands in its place, the main one first."""

    act: Act | None
    day: date
    heirs: Sequence[Unit]


def ending(db: Session, unit: Unit, *, today: date) -> Ending | None:
    """None for a unit that is still there."""
    if unit.until is None or unit.until >= today:
        return None
    rows = db.execute(
        select(Unit, Reorganization.act)
        .join(Succession, Succession.successor_id == Unit.id)
        .join(Reorganization, Reorganization.id == Succession.reorganization_id)
        .where(Succession.predecessor_id == unit.id, Succession.is_direct)
        .order_by(Succession.is_main.desc(), Unit.path)
    ).all()
    return Ending(
        act=rows[0][1] if rows else None,
        day=unit.until + timedelta(days=1),
        heirs=[heir for heir, _ in rows],
    )
