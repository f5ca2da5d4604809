"""Which units an act concerns, as they were called then and with how many members."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from studyhub.org.models import Unit
from studyhub.org.succession import Reorganization, Role, TouchedUnit
from studyhub.reorganization.headcounts import headcounts


def note(db: Session, act: Reorganization, role: Role, units: Sequence[Unit]) -> None:
    """Keep these units with the act: for good when it is done, for now when it is planned."""
    counts = headcounts(db, units)
    db.add_all(
        TouchedUnit(
            reorganization_id=act.id,
            unit=unit,
            role=role,
            position=position,
            name=unit.name,
            members=counts[unit.id],
        )
        for position, unit in enumerate(units)
    )
    db.flush()
    db.expire(act, ["units"])


def forget(db: Session, act: Reorganization) -> None:
    """What was noted when it was planned may have changed since."""
    db.execute(delete(TouchedUnit).where(TouchedUnit.reorganization_id == act.id))
    db.expire(act, ["units"])
