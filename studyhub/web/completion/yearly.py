"""The figures of a unit through a year: as they are kept, as summoned, or as they are today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.completion import queries
from studyhub.completion.models import Tally
from studyhub.completion.tables import Bridge, Table
from studyhub.completion.then_and_now import bridgings
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound
from studyhub.web.completion.readings import Reading, choose, differ


@dataclass(frozen=True, kw_only=True)
class Year:
    """The tallies to show, and for today's figures the bridge of each unit in each round."""

    tallies: Sequence[Tally]
    reading: str
    has_choice: bool
    bridges: Sequence[tuple[int, str, Bridge]]
    """The number of the round in the year, the unit's name, and how its figures come about."""


def read(db: Session, rounds: Sequence[StudyRound], unit: Unit, *, asked: str, today: date) -> Year:
    """What the matrix of the unit shows; as many queries for twelve rounds as for one."""
    kept, found = _kept(db, rounds, unit), bridgings(db, rounds, today=today)
    both = {id_: (one.then(unit), one.now(unit)) for id_, one in found.items()}
    tables = [
        choose(kept.get(round_.id), *both.get(round_.id, (None, None)), asked) for round_ in rounds
    ]
    has_choice = any(differ(*pair) for pair in both.values())
    reading = asked if has_choice and asked in set(Reading) else ""
    bridges = [
        (number, row.name, bridge)
        for number, (round_, table) in enumerate(zip(rounds, tables, strict=True), 1)
        if reading == Reading.NOW and table and round_.id in found
        for row in _rows(table)
        if not (bridge := found[round_.id].bridge(row.unit_id, row.path, row.kind)).is_plain
    ]
    tallies = [row for table in tables if table for row in _rows(table)]
    return Year(tallies=tallies, reading=reading, has_choice=has_choice, bridges=bridges)


def reachable(db: Session, tallies: Sequence[Tally], followed: ColumnElement[bool]) -> set[UnitId]:
    """Those of the units that the person follows as they stand today."""
    ids = {tally.unit_id for tally in tallies}
    return set(db.scalars(select(Unit.id).where(Unit.id.in_(ids), followed)))


def _kept(db: Session, rounds: Sequence[StudyRound], unit: Unit) -> dict[object, Table]:
    found = queries.tallies_of_year(db, [round_.id for round_ in rounds], unit.id)
    whole = {tally.round_id: tally for tally in found if tally.unit_id == unit.id}
    return {
        round_id: Table(
            whole=tally,
            below=[one for one in found if one.round_id == round_id and one is not tally],
        )
        for round_id, tally in whole.items()
    }


def _rows(table: Table) -> list[Tally]:
    return [*table.below, table.whole]
