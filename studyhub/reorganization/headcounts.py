"""How many belong to units, now."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from studyhub.kernel.ids import UnitId
from studyhub.org.models import Membership, Unit, UnitKind


def headcounts(db: Session, units: Collection[Unit]) -> dict[UnitId, int]:
    """How many belong to each of these units with all below them: one question."""
    whole, cell = aliased(Unit), aliased(Unit)
    rows = db.execute(
        select(whole.id, func.count())
        .select_from(whole)
        .join(cell, cell.path.startswith(whole.path))
        .join(Membership, Membership.cell_id == cell.id)
        .where(
            whole.id.in_([unit.id for unit in units]),
            cell.kind == UnitKind.CELL,
            Membership.until.is_(None),
        )
        .group_by(whole.id)
    )
    counts: dict[UnitId, int] = {row[0]: row[1] for row in rows}
    return {unit.id: counts.get(unit.id, 0) for unit in units}
