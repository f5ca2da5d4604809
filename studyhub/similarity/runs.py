"""Runs: stretches where two texts go the same way, from a few seeds and what joins on to them.

A seed here is a pair of syllables that both texts have, and the source not
often: those are many more, and shorter, than what the index knows a text by.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from studyhub.similarity.reading import Reading

MIX = 1_000_003

COMMON_WITHIN = 4
"""A pair that stands more often in the source counts together with the syllable after it."""

BAND = 6
"""How far apart the diagonals of seeds of one run may lie: words put in or left out."""

STRIDE = 9
"""How many syllables may lie between two seeds of one run, in either text."""

FEWEST_IN_RUN = 4

NEARBY = 4
STEPS = tuple(
    sorted(
        (
            (here, there, here + there > NEARBY)
            for here in range(1, 7)
            for there in range(1, 7)
            if abs(here - there) < 4
        ),
        key=lambda step: (step[0] + step[1], abs(step[0] - step[1])),
    )
)
"""How far on the texts may be the same again, nearest first; far off, by two syllables in a row."""

Seed = tuple[int, int]


@dataclass(slots=True)
class Run:
    """A stretch in both texts, and the places of the syllables that are the same."""

    here: set[int]
    there: set[int]
    start: int = field(init=False)
    end: int = field(init=False)
    source_start: int = field(init=False)
    source_end: int = field(init=False)

    def __post_init__(self) -> None:
        self.start, self.end = min(self.here), max(self.here) + 1
        self.source_start, self.source_end = min(self.there), max(self.there) + 1

    @property
    def alike(self) -> int:
        """A syllable counts once in each text: “công ty, công ty” is not twice “công ty”."""
        return min(len(self.here), len(self.there))

    def meets(self, place: int, at: int) -> None:
        """These two are the same as well."""
        self.here.add(place)
        self.there.add(at)


class Source:
    """A reading made ready to be compared with many: where each pair of syllables stands."""

    __slots__ = ("pairs", "reading")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.pairs: dict[int, list[int]] = defaultdict(list)
        for place, key in enumerate(pair_keys(reading.syllables)):
            self.pairs[key].append(place)
        for key in [key for key, places in self.pairs.items() if len(places) > COMMON_WITHIN]:
            self._tell_apart(key)

    def _tell_apart(self, key: int) -> None:
        syllables, last = self.reading.syllables, len(self.reading) - 2
        for place in self.pairs.pop(key):
            if place < last:
                self.pairs[triple_key(key, syllables[place + 2])].append(place)


def pair_keys(syllables: Sequence[int]) -> list[int]:
    """Two syllables as one number, from each place on."""
    return [a * MIX + b for a, b in pairwise(syllables)]


def triple_key(pair: int, third: int) -> int:
    """Three syllables as one number, that no two have."""
    return -(pair * MIX + third)


def runs(reading: Reading, source: Source, live: Sequence[int], keys: Sequence[int]) -> list[Run]:
    """All runs, extended as far as they go."""
    found = [
        run
        for seeds in _by_band(keys, source.pairs, reading.syllables)
        for group in _groups(seeds)
        if (run := _run(group)).alike >= FEWEST_IN_RUN
    ]
    for run in found:
        _extend(run, reading.syllables, source.reading.syllables, live, -1)
        _extend(run, reading.syllables, source.reading.syllables, live, 1)
    return found


def _by_band(
    keys: Sequence[int], pairs: Mapping[int, list[int]], syllables: Sequence[int]
) -> Iterator[list[Seed]]:
    """The seeds of two neighbouring bands of diagonals at a time, in their order."""
    bands: dict[int, list[Seed]] = defaultdict(list)
    for place, at in _seeds(keys, pairs, syllables):
        bands[(at - place) // BAND].append((place, at))
    for band, seeds in bands.items():
        if band + 1 in bands:
            yield sorted(seeds + bands[band + 1])
        elif band - 1 not in bands:
            yield seeds


def _seeds(
    keys: Sequence[int], pairs: Mapping[int, list[int]], syllables: Sequence[int]
) -> Iterator[Seed]:
    last = len(syllables) - 2
    for place, key in enumerate(keys):
        there = pairs.get(key)
        if there is None and key and place < last:
            there = pairs.get(triple_key(key, syllables[place + 2]))
        if there is not None and len(there) <= COMMON_WITHIN:
            for at in there:
                yield place, at


def _groups(seeds: Sequence[Seed]) -> Iterator[list[Seed]]:
    """Seeds that follow each other closely in both texts; one alone is none."""
    group = [seeds[0]]
    for seed in seeds[1:]:
        last = group[-1]
        if seed[0] - last[0] > STRIDE or abs(seed[1] - last[1]) > STRIDE:
            if len(group) > 1:
                yield group
            group = []
        group.append(seed)
    if len(group) > 1:
        yield group


def _run(seeds: Sequence[Seed]) -> Run:
    here = {place for place, _ in seeds}
    there = {at for _, at in seeds}
    return Run(here | {place + 1 for place in here}, there | {at + 1 for at in there})


def _extend(
    run: Run, ours: Sequence[int], theirs: Sequence[int], live: Sequence[int], way: int
) -> None:
    """Go on, back or forth, over single syllables that are the same, a few apart."""
    place = run.start if way < 0 else run.end - 1
    at = run.source_start if way < 0 else run.source_end - 1
    while (step := _step(ours, theirs, place, at, way)) and live[place] != live[
        place + way * step[0]
    ]:
        place, at = place + way * step[0], at + way * step[1]
        run.meets(place, at)
    run.start, run.end = min(run.start, place), max(run.end, place + 1)
    run.source_start, run.source_end = min(run.source_start, at), max(run.source_end, at + 1)


def _step(
    ours: Sequence[int], theirs: Sequence[int], place: int, at: int, way: int
) -> tuple[int, int] | None:
    """How many syllables further on, here and there, the texts are the same again."""
    for here, there, by_two in STEPS:
        i, j = place + way * here, at + way * there
        if _are_same(ours, theirs, i, j) and (
            not by_two or _are_same(ours, theirs, i + way, j + way)
        ):
            return here, there
    return None


def _are_same(ours: Sequence[int], theirs: Sequence[int], place: int, at: int) -> bool:
    inside = 0 <= place < len(ours) and 0 <= at < len(theirs)
    return inside and ours[place] == theirs[at]
