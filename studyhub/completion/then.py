"""A round as it was when its people were summoned, whatever has been carried over since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from studyhub.completion.models import Carried, CarriedPlace, Progress, Tally
from studyhub.completion.rules import Measure, figures
from studyhub.kernel.ids import UnitId
from studyhub.org.models import UnitKind
from studyhub.org.tree import lineage
from studyhub.rounds.models import StudyRound, Summons

Figures = dict[Measure, int]


def nothing() -> Figures:
    """No persons at all."""
    return dict.fromkeys(Measure, 0)


def total(of: Iterable[Mapping[Measure, int]]) -> Figures:
    """All of these together."""
    return grown(nothing(), of)


def grown(sums: Figures, by: Iterable[Mapping[Measure, int]], sign: int = 1) -> Figures:
    """Add these to (or with `sign` -1 take them from) the sums in place."""
    for told in by:
        for measure in Measure:
            sums[measure] += sign * told[measure]
    return sums


@dataclass(frozen=True, kw_only=True)
class Then:
    """The units of a round at their places and with their names then; the figures of its cells."""

    paths: dict[UnitId, str]
    names: dict[UnitId, str]
    kinds: dict[UnitId, UnitKind]
    cells: dict[UnitId, Figures]
    whole: dict[str, Figures] = field(default_factory=dict)
    """The figures of every unit, by its place then: the sum of its cells."""
    opened: set[UnitId] = field(default_factory=set)
    """Units that came into the round by carrying over, and have nobody of their own."""
    summoned_in: dict[UUID, UnitId] = field(default_factory=dict)
    """The cell of those who are counted in another by now, by summons."""

    def cell_of(self, summons: Summons) -> UnitId:
        """The cell in which the person was summoned."""
        return self.summoned_in.get(summons.id, summons.cell_id)


def then(
    round_: StudyRound,
    tallies: Sequence[Tally],
    carried: Sequence[tuple[Carried, Progress]],
    changed: Sequence[CarriedPlace],
) -> Then:
    """Undo on paper what was carried: the first of each person, of places the latest first."""
    known = Then(
        paths={tally.unit_id: tally.path for tally in tallies},
        names={tally.unit_id: tally.name for tally in tallies},
        kinds={tally.unit_id: tally.kind for tally in tallies},
        cells={t.unit_id: figures_of(t) for t in tallies if t.kind is UnitKind.CELL},
    )
    for place in changed:
        if place.path is None:
            known.opened.add(place.unit_id)
        elif place.unit_id in known.paths:
            _put_back(known, place.unit_id, place.path, place.name)
    for first, progress in carried:
        if first.cell_id != progress.summons.cell_id:
            told = [figures(progress.marks, round_.requirements)]
            grown(known.cells[progress.summons.cell_id], told, -1)
            grown(known.cells[first.cell_id], told)
            known.summoned_in[first.summons_id] = first.cell_id
    _add_up(known)
    return known


def figures_of(tally: Tally) -> Figures:
    """What a tally says."""
    return {measure: getattr(tally, measure.value) for measure in Measure}


def _put_back(known: Then, unit_id: UnitId, path: str, name: str) -> None:
    """The unit with all below it, at the place and with the name it had."""
    known.names[unit_id] = name
    now = known.paths[unit_id]
    for below, at in known.paths.items():
        if at.startswith(now):
            known.paths[below] = path + at.removeprefix(now)


def _add_up(known: Then) -> None:
    known.opened.difference_update(c for c, told in known.cells.items() if any(told.values()))
    for cell_id, told in known.cells.items():
        if cell_id in known.opened:
            continue
        for path in lineage(known.paths[cell_id]):
            grown(known.whole.setdefault(path, nothing()), [told])
