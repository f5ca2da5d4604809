"""Where units stand in a round: at the places they had when it opened, wherever they are today.

A round keeps its own tree (`Tally.path`, `Summons.cell_path`). After a unit
has been moved the two trees differ; unit ids are what joins them. Nobody
else compares a path of a round with a path of today.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit
from studyhub.org.tree import lineage
from studyhub.rounds.models import StudyRound

AT_ONCE = 500


def path_in_round(db: Session, round_id: UUID, unit: Unit) -> str:
    """The place of a unit in the round's own tree, whether or not it has figures there yet."""
    return paths_in_round(db, round_id, [unit])[unit.id]


def paths_in_round(db: Session, round_id: UUID, units: Iterable[Unit]) -> dict[UnitId, str]:
    """The same for several: below the nearest unit (or at its own place) that has figures."""
    units = list(units)
    asked = sorted({path for unit in units for path in lineage(unit.path)})
    known: dict[str, str] = {}
    for start in range(0, len(asked), AT_ONCE):
        rows = db.execute(
            select(Unit.path, Tally.path)
            .join(Tally, Tally.unit_id == Unit.id)
            .where(Tally.round_id == round_id, Unit.path.in_(asked[start : start + AT_ONCE]))
        )
        known |= dict(rows.all())
    return {unit.id: _translated(unit.path, known) for unit in units}


def units_at(db: Session, round_: StudyRound, paths: Iterable[str]) -> dict[str, Unit]:
    """The units at these places of the round's tree that have no figures there yet.

    Only within the unit that holds the round: what is above it is not counted.
    """
    rows = db.execute(
        select(Tally.path, Unit.path, Unit.id)
        .join(Unit, Unit.id == Tally.unit_id)
        .where(Tally.round_id == round_.id)
    ).all()
    today = {in_round: now for in_round, now, _ in rows}
    tops = [in_round for in_round, _, unit_id in rows if unit_id == round_.unit_id]
    top = tops[0] if tops else round_.unit.path
    wanted = {
        _translated(path, today): path
        for path in paths
        if path not in today and path.startswith(top)
    }
    places, found = list(wanted), {}
    for start in range(0, len(places), AT_ONCE):
        for unit in db.scalars(select(Unit).where(Unit.path.in_(places[start : start + AT_ONCE]))):
            found[wanted[unit.path]] = unit
    return found


def _translated(path: str, known: dict[str, str]) -> str:
    """The path in the other tree: that of the nearest known step, and the steps below it."""
    for step in reversed(lineage(path)):
        if step in known:
            return known[step] + path.removeprefix(step)
    return path
