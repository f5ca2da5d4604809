"""Where those are counted today who were counted in a cell then: its line of succession. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit, UnitKind


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit as it is today, or was on its last day."""

    id: UnitId
    parent_id: UnitId | None
    path: str
    name: str
    kind: UnitKind
    until: date | None


def place_of(unit: Unit) -> Place:
    """The unit as it is today."""
    return Place(
        id=unit.id,
        parent_id=unit.parent_id,
        path=unit.path,
        name=unit.name,
        kind=unit.kind,
        until=unit.until,
    )


@dataclass(frozen=True, kw_only=True)
class Going:
    """One person's part in a collective transfer."""

    origin: UnitId
    target: UnitId
    day: date


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Who stands in the place of whom. `heirs`: direct successors; `main`: where the rest go."""

    places: Mapping[UnitId, Place]
    heirs: Mapping[UnitId, Sequence[UnitId]]
    main: Mapping[UnitId, UnitId]
    today: date

    def has_ended(self, unit_id: UnitId) -> bool:
        """Whether the unit is no longer there."""
        until = self.places[unit_id].until
        return until is not None and until < self.today

    def end_of(self, unit_id: UnitId, goings: Sequence[Going] = ()) -> UnitId:
        """Where the line ends: at a unit that is there today, or at one nobody succeeded.

        `goings` are a person's own, in the order of time; who went nowhere
        themselves goes with the main successor.
        """
        here, ahead = unit_id, list(goings)
        while True:
            own = next((n for n, going in enumerate(ahead) if going.origin == here), None)
            if own is not None:
                here, ahead = ahead[own].target, ahead[own + 1 :]
            elif self.has_ended(here) and here in self.main:
                here = self.main[here]
            else:
                return here

    def divides(self, unit_id: UnitId, senders: Set[UnitId]) -> bool:
        """Whether the people of the unit went different ways, at some step of its line."""
        here = unit_id
        while here not in senders and len(self.heirs.get(here, ())) <= 1:
            if not self.has_ended(here) or here not in self.main:
                return False
            here = self.main[here]
        return True

    def shelter_of(self, unit_id: UnitId) -> UnitId:
        """For an ended unit nobody succeeded: the nearest unit above it that is there today."""
        here = unit_id
        while self.has_ended(here):
            above = self.places[here].parent_id
            if above is None or above not in self.places:
                return unit_id
            here = self.end_of(above)
        return here
