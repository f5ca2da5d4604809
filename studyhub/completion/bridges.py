"""A round as it was summoned and as its units are today, and the bridge between the two.

`Then` counts everybody in the cell they were summoned in; `now` where that
cell's line of succession ends today. Whole cells go by their figures; of cells
whose people went different ways, each person goes by their collective transfer.
A person's own transfer moves nobody's result.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from studyhub.completion.lines import Going, Lines, Place, place_of
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import Measure, figures
from studyhub.completion.tables import Bridge, Flow, Part, Table
from studyhub.completion.then import Figures, Then, grown, nothing, total
from studyhub.kernel.ids import UnitId, UserId
from studyhub.org.models import Unit, UnitKind
from studyhub.org.tree import is_within, lineage, parent_of
from studyhub.rounds.models import StudyRound


class Bridging:
    """One round, read both ways."""

    def __init__(
        self,
        round_: StudyRound,
        known: Then,
        lines: Lines,
        people: Iterable[Progress],
        goings: dict[UserId, list[Going]],
    ) -> None:
        self.round, self.known, self.lines = round_, known, lines
        self._goings = {
            user: [one for one in own if one.day > round_.roster_on] for user, own in goings.items()
        }
        senders = {one.origin for own in self._goings.values() for one in own}
        self.divided = {cell for cell in known.cells if lines.divides(cell, senders)}
        self.flows = self._flows(people)

    def then(self, unit: Unit) -> Table | None:
        """The unit as it was when the round was summoned; None: it was not there."""
        path = self.known.paths.get(unit.id)
        if path is None or path not in self.known.whole:
            return None
        below = [
            self._as_then(unit_id)
            for unit_id, at in self.known.paths.items()
            if parent_of(at) == path and at in self.known.whole
        ]
        return Table(whole=self._as_then(unit.id), below=below)

    def now(self, unit: Unit) -> Table | None:
        """The unit as it is today; None: nobody of this round is counted there."""
        flows = self._into(unit.path)
        if not flows:
            return None
        below: dict[str, list[Figures]] = defaultdict(list)
        for flow in flows:
            if flow.place.path != unit.path:
                below[lineage(flow.place.path)[len(lineage(unit.path))]].append(flow.told)
        named = [(self.by_path[path], told) for path, told in below.items()]
        return Table(
            whole=self._tally(place_of(unit), total(flow.told for flow in flows)),
            below=[self._tally(place, total(told)) for place, told in named],
        )

    def bridge(self, unit_id: UnitId, path: str, kind: UnitKind) -> Bridge:
        """How the figures of a unit today come about."""
        into = self._into(path)
        arrived = total(flow.told for flow in into)
        roots = self._roots(unit_id, path, kind, into)
        parts = [self._part(root) for root in roots]
        return Bridge(
            parts=parts,
            gone_required=sum(part.required for part in parts) - arrived[Measure.REQUIRED],
            gone_done=sum(part.done for part in parts) - arrived[Measure.DONE],
            required=arrived[Measure.REQUIRED],
            done=arrived[Measure.DONE],
        )

    def lost_in(self, unit: Unit) -> list[Part]:
        """Cells that ended without a successor, of which the unit counts people."""
        return [
            Part(
                unit_id=flow.cell_id,
                path=self.lines.places[flow.cell_id].path,
                name=self.known.names[flow.cell_id],
                required=flow.told[Measure.REQUIRED],
                done=flow.told[Measure.DONE],
            )
            for flow in self.flows
            if flow.is_lost and flow.place.path == unit.path
        ]

    def counted_today_in(self, progress: Progress) -> UnitId:
        """The unit in which the person is counted as things are today."""
        cell_id = self.known.cell_of(progress.summons)
        return self._end(cell_id, self._goings.get(progress.summons.user_id, ()))[0].id

    def cells_into(self, unit: Unit) -> set[UnitId]:
        """The cells of then of which the unit counts people today."""
        return {flow.cell_id for flow in self._into(unit.path)}

    @cached_property
    def by_path(self) -> dict[str, Place]:
        """Every unit that is known, by its place today."""
        return {place.path: place for place in self.lines.places.values()}

    def _flows(self, people: Iterable[Progress]) -> list[Flow]:
        sums: dict[tuple[UnitId, UnitId, bool], Figures] = {}
        rest = {
            cell: dict(told)
            for cell, told in self.known.cells.items()
            if cell not in self.known.opened
        }
        for progress in people:
            cell_id = self.known.cell_of(progress.summons)
            if cell_id in self.divided:
                place, is_lost = self._end(cell_id, self._goings.get(progress.summons.user_id, ()))
                told = [figures(progress.marks, self.round.requirements)]
                grown(sums.setdefault((cell_id, place.id, is_lost), nothing()), told)
                grown(rest[cell_id], told, -1)
        for cell_id, left in rest.items():
            if any(left.values()) or cell_id not in self.divided:
                place, is_lost = self._end(cell_id, ())
                grown(sums.setdefault((cell_id, place.id, is_lost), nothing()), [left])
        return [
            Flow(cell_id=cell, place=self.lines.places[to], told=told, is_lost=is_lost)
            for (cell, to, is_lost), told in sums.items()
        ]

    def _end(self, cell_id: UnitId, goings: Sequence[Going]) -> tuple[Place, bool]:
        end = self.lines.end_of(cell_id, goings)
        is_lost = self.lines.has_ended(end)
        return self.lines.places[self.lines.shelter_of(end) if is_lost else end], is_lost

    def _into(self, path: str) -> list[Flow]:
        return [flow for flow in self.flows if is_within(flow.place.path, path)]

    def _roots(
        self, unit_id: UnitId, path: str, kind: UnitKind, into: Sequence[Flow]
    ) -> list[UnitId]:
        """The units of then whose people come together here: the unit itself first."""
        own = self.known.paths.get(unit_id)
        own = own if own in self.known.whole else None
        foreign = {f.cell_id for f in into if own is None or not is_within(self._at(f), own)}
        whole = set() if kind is UnitKind.CELL else self._wholly(path, own)
        found = dict.fromkeys(
            next(
                (self._units_then[at] for at in lineage(self.known.paths[cell]) if at in whole),
                cell,
            )
            for cell in sorted(foreign, key=lambda cell: self.known.paths[cell])
        )
        return [*([unit_id] if own else []), *found]

    def _wholly(self, path: str, own: str | None) -> set[str]:
        """The places of units then that have gone there as a whole: moved, or ended."""
        elsewhere = {
            above
            for flow in self.flows
            if not is_within(flow.place.path, path)
            for above in lineage(self._at(flow))
        }
        return {
            at
            for at, unit_id in self._units_then.items()
            if at not in elsewhere
            and not (own and is_within(own, at))
            and self._has_gone(unit_id, path)
        }

    def _has_gone(self, unit_id: UnitId, path: str) -> bool:
        return self.lines.has_ended(unit_id) or is_within(self.lines.places[unit_id].path, path)

    @cached_property
    def _units_then(self) -> dict[str, UnitId]:
        return {path: unit_id for unit_id, path in self.known.paths.items()}

    def _at(self, flow: Flow) -> str:
        return self.known.paths[flow.cell_id]

    def _part(self, unit_id: UnitId) -> Part:
        told = self.known.whole[self.known.paths[unit_id]]
        return Part(
            unit_id=unit_id,
            path=self.lines.places[unit_id].path,
            name=self.known.names[unit_id],
            required=told[Measure.REQUIRED],
            done=told[Measure.DONE],
        )

    def _as_then(self, unit_id: UnitId) -> Tally:
        path = self.known.paths[unit_id]
        place = Place(
            id=unit_id, parent_id=None, path=path, name=self.known.names[unit_id],
            kind=self.known.kinds[unit_id], until=None,
        )  # fmt: skip
        return self._tally(place, self.known.whole[path])

    def _tally(self, place: Place, told: Figures) -> Tally:
        return Tally(
            round_id=self.round.id, unit_id=place.id, path=place.path,
            parent_path=parent_of(place.path), name=place.name, kind=place.kind,
            **{measure.value: count for measure, count in told.items()},
        )  # fmt: skip
