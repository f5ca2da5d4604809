"""What a page shows of a unit in a round: as it is kept, as it was summoned, as it is today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from studyhub.completion import queries
from studyhub.completion.bridges import Bridging
from studyhub.completion.models import Progress, Tally
from studyhub.completion.tables import Bridge, Part, Table
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound


class Reading(StrEnum):
    """Which of the two ways was asked for; without, the figures as they are kept."""

    THEN = "then"
    NOW = "now"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The figures to show; `reading` is "" where both ways say the same, or neither does."""

    table: Table
    reading: str = ""
    has_choice: bool = False
    is_listed: bool = True
    """Whether the list of the round has the unit itself, not only those before it."""
    bridge: Bridge | None = None
    bridges: Mapping[UnitId, Bridge] = field(default_factory=dict)
    lost: Sequence[Part] = ()
    bridging: Bridging | None = None


def shown(
    db: Session, unit: Unit, tally: Tally | None, bridging: Bridging | None, *, asked: str
) -> Shown | None:
    """What the page shows of this unit; None: nobody of it was summoned, then or now."""
    kept = _kept(db, unit, tally)
    if bridging is None:
        return Shown(table=kept) if kept else None
    then, now = bridging.then(unit), bridging.now(unit)
    table = choose(kept, then, now, asked)
    if table is None:
        return None
    told = _told(bridging, unit, table, then, now, asked)
    return replace(told, is_listed=tally is not None)


def choose(kept: Table | None, then: Table | None, now: Table | None, asked: str) -> Table | None:
    """The reading asked for; else what is kept, unless everybody was carried away from there."""
    wanted = {Reading.THEN.value: then, Reading.NOW.value: now}.get(asked)
    return wanted or (kept if kept and not kept.is_empty else None) or now or then or kept


def differ(then: Table | None, now: Table | None) -> bool:
    """Whether there are two ways to read it."""
    return then is not None and now is not None and then.says() != now.says()


def members(db: Session, shown_: Shown, round_: StudyRound, cell: Unit) -> Sequence[Progress]:
    """Everybody of the cell, in the reading shown, sorted by name."""
    bridging = shown_.bridging
    if bridging is None or not shown_.reading:
        return queries.members_of_cell(db, round_.id, cell.id)
    if shown_.reading == Reading.THEN:
        people = queries.summoned_in(db, round_.id, [cell.id])
        return [one for one in people if bridging.known.cell_of(one.summons) == cell.id]
    people = queries.summoned_in(db, round_.id, bridging.cells_into(cell))
    return [one for one in people if bridging.counted_today_in(one) == cell.id]


def _kept(db: Session, unit: Unit, tally: Tally | None) -> Table | None:
    if tally is None:
        return None
    below = () if unit.is_cell else queries.tallies_below(db, tally.round_id, tally.path)
    return Table(whole=tally, below=below)


def _told(
    bridging: Bridging,
    unit: Unit,
    table: Table,
    then: Table | None,
    now: Table | None,
    asked: str,
) -> Shown:
    """With the name of the reading, and the bridge where today's figures are shown."""
    whole = bridging.bridge(unit.id, unit.path, unit.kind)
    is_choice = differ(then, now) or not (whole.is_plain or then is None or now is None)
    reading = _name(table, then, now, asked)
    if reading != Reading.NOW or not (is_choice or then is None):
        return Shown(table=table, reading=reading, has_choice=is_choice, bridging=bridging)
    below = {row.unit_id: bridging.bridge(row.unit_id, row.path, row.kind) for row in table.below}
    return Shown(
        table=table,
        reading=reading,
        has_choice=is_choice,
        bridge=whole,
        bridges={unit_id: one for unit_id, one in below.items() if not one.is_plain},
        lost=bridging.lost_in(unit),
        bridging=bridging,
    )


def _name(table: Table, then: Table | None, now: Table | None, asked: str) -> str:
    if asked in set(Reading):
        return asked if table is {Reading.THEN: then, Reading.NOW: now}[Reading(asked)] else ""
    told = table.says()
    if then is not None and told == then.says():
        return Reading.THEN.value
    return Reading.NOW.value if now is not None and told == now.says() else ""
