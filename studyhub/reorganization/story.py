"""The history of one unit: founded, renamed, moved, merged; and what is planned for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from studyhub.kernel.clock import ONE_DAY
from studyhub.org.models import Unit
from studyhub.org.succession import Act, FormerPlace, Reorganization, Role, Stage, TouchedUnit
from studyhub.reorganization.told import target_names

ENDS = frozenset({"merged_into", "consolidated_into", "split_into", "dissolved"})
FOUNDS = frozenset({"founded_from", "split_from"})


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened to the unit on a day; `others`: the units it happened with."""

    on: date
    what: str
    act: Reorganization | None = None
    others: Sequence[TouchedUnit] = ()
    before: str = ""
    """What it was called, or below what it stood."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """The events of a unit, the latest first, and the plans for it."""

    events: Sequence[Event]
    ahead: Sequence[Reorganization]
    targets: dict[str, str] = field(default_factory=dict)

    @property
    def end(self) -> Event | None:
        """How it ended."""
        return next((one for one in self.events if one.what in ENDS), None)


def story_of(db: Session, unit: Unit) -> Story:
    """One question where nothing ever happened, which is what most units have to tell."""
    rows = _known(db, unit)
    acts = list(dict.fromkeys(act for act, _, _ in rows))
    done = [act for act in acts if act.stage is Stage.DONE]
    ahead = [act for act in acts if act.stage in {Stage.PLANNED, Stage.STUCK}]
    events = [*_changes(unit, rows), *(event for act in done for event in _regrouping(unit, act))]
    if not any(event.what in FOUNDS for event in events):
        events.append(Event(on=unit.since, what="founded"))
    targets = target_names(db, ahead) if any(act.act is Act.MOVE for act in ahead) else {}
    events.sort(key=lambda event: event.on, reverse=True)
    return Story(events=events, ahead=ahead, targets=targets)


def _regrouping(unit: Unit, act: Reorganization) -> Iterator[Event]:
    before = [one for one in act.units if one.role is Role.BEFORE]
    after = [one for one in act.units if one.role is Role.AFTER]
    was, is_ = (any(one.unit_id == unit.id for one in side) for side in (before, after))
    what = _WHAT.get((act.act, was, is_))
    if what:
        others = after if was else before
        rest = [one for one in others if one.unit_id != unit.id]
        yield Event(on=act.day, what=what, act=act, others=rest)


_WHAT = {
    (Act.MERGE, True, False): "merged_into",
    (Act.MERGE, False, True): "took_in",
    (Act.CONSOLIDATE, True, False): "consolidated_into",
    (Act.CONSOLIDATE, False, True): "founded_from",
    (Act.SPLIT, True, True): "split_off",
    (Act.SPLIT, True, False): "split_into",
    (Act.SPLIT, False, True): "split_from",
    (Act.DISSOLVE, True, False): "dissolved",
    (Act.DISSOLVE, False, True): "took_members",
}
"""By the act, and whether the unit was there before it and after it."""


Known = tuple[Reorganization, FormerPlace | None, str | None]


def _known(db: Session, unit: Unit) -> list[Known]:
    """Every act on the unit, with what the unit was until then, and the name of what it was below.

    Some only moved it along with others: they have no other trace of it.
    """
    parent, mine = aliased(Unit), aliased(FormerPlace)
    touching = select(TouchedUnit.reorganization_id).where(TouchedUnit.unit_id == unit.id)
    rows = db.execute(
        select(Reorganization, mine, parent.name)
        .outerjoin(mine, (mine.reorganization_id == Reorganization.id) & (mine.unit_id == unit.id))
        .outerjoin(parent, parent.id == mine.parent_id)
        .where(or_(Reorganization.id.in_(touching), mine.id.is_not(None)))
        .options(selectinload(Reorganization.units))
        .order_by(Reorganization.day.desc(), Reorganization.planned_at.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _changes(unit: Unit, rows: Sequence[Known]) -> Iterator[Event]:
    """New names and places, each found by what it was until then, the latest first."""
    name, parent_id = unit.name, unit.parent_id
    places = [known for known in rows if known[1] is not None]
    for act, place, above in sorted(places, key=_until, reverse=True):
        if place is None:
            continue
        day = place.until + ONE_DAY
        if place.name != name:
            yield Event(on=day, what="renamed", act=act, before=place.name)
        if place.parent_id != parent_id:
            yield Event(on=day, what="moved", act=act, before=above or "")
        name, parent_id = place.name, place.parent_id


def _until(known: Known) -> date:
    return known[1].until if known[1] else date.min
