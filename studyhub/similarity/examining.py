"""One text against all others: what everybody got, what is quoted, what also stands elsewhere.

In this order, so that each syllable is told once: the outline and sample of
the round are subtracted, quotations from documents set apart, and only what
remains is looked for in other texts.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeVar

from studyhub.similarity.aligning import IsNothing, Passage, align
from studyhub.similarity.edges import fitted
from studyhub.similarity.kinship import CUSTOMARY_IN, Sharing
from studyhub.similarity.reading import Reading
from studyhub.similarity.runs import Source, pair_keys
from studyhub.similarity.seeds import Placed, seeds

Key = TypeVar("Key")

MOST_CANDIDATES = 24
FEWEST_VOTES = 2.5
"""Texts with fewer cannot be telling either (`kinship.LEAST_TELLING`)."""

LEAST_SHARED = 36
"""Syllables that two texts must share, all passages together, to be shown side by side."""

BEYOND_DOUBT = 60
"""Where they share so many, a passage of theirs may stand in a few other texts too …"""

EDGE_IN = 5
"""… but not in so many; and neither does what stands in so many begin or end a passage."""

EXACT, ALMOST = 18, 0.9
"""So many syllables, of which so many are the same, are no accident wherever they stand."""

SHORT = 24
"""Shorter passages must be whole sentences of the source."""

MARK = 20
"""Shorter passages must have a seed in common that is not everybody's."""

LONG_QUOTE, SHORTEST_QUOTE = 16, 9
CACHED_SYLLABLES = 200_000


@dataclass(frozen=True, slots=True)
class Match:
    """A passage, and the text it also stands in: the key it was given under."""

    source: object
    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in one text, as offsets into it and into the sources."""

    template: list[tuple[int, int]] = field(default_factory=list)
    quotes: list[Match] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    """The seeds of the author's own words, by which later texts will find it."""


class Sources:
    """Readings made ready, as many as there is room for; those not used for longest go first.

    Kept by what never means another text: by ids, not by numbers, which a
    database gives again.
    """

    def __init__(self, most_syllables: int = CACHED_SYLLABLES) -> None:
        self._kept: OrderedDict[object, Source] = OrderedDict()
        self._room = most_syllables

    def of(
        self, keys: Iterable[Key], load: Callable[[Sequence[Key]], Mapping[Key, Reading]]
    ) -> dict[Key, Source]:
        """The sources of these keys; those there is no text of are left out."""
        wanted = list(keys)
        for key, reading in load([each for each in wanted if each not in self._kept]).items():
            self._kept[key] = Source(reading)
            self._room -= len(reading)
        found = {key: self._kept[key] for key in wanted if key in self._kept}
        for key in found:
            self._kept.move_to_end(key)
        while self._room < 0 and len(self._kept) > len(found):
            _, oldest = self._kept.popitem(last=False)
            self._room += len(oldest.reading)
        return found

    def forget(self, key: object) -> None:
        """A text that has changed, or was taken back, is not kept here either."""
        gone = self._kept.pop(key, None)
        if gone:
            self._room += len(gone.reading)


class Remaining:
    """The syllables of a reading that are still to be explained."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._dead = bytearray(len(reading))
        self._count()

    def _count(self) -> None:
        dead, keys = self._dead, pair_keys(self.reading.syllables)
        self.live = [0, *accumulate(1 - each for each in dead)]
        if any(dead):
            keys = [0 if dead[place] or dead[place + 1] else key for place, key in enumerate(keys)]
        self.keys = keys

    def explain(self, passages: Iterable[Passage]) -> None:
        """These are accounted for."""
        before = sum(self._dead)
        for passage in passages:
            self._dead[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
        if sum(self._dead) != before:
            self._count()

    def found_in(
        self, source: Source, is_nothing: IsNothing = lambda start, end: False
    ) -> list[Passage]:
        """The passages that also stand in a source, from and to where sentences end."""
        passages = align(self.reading, source, self.live, self.keys, is_nothing)
        return [fitted(passage, self.reading, source.reading) for passage in passages]

    def seeds(self) -> list[Placed]:
        """The seeds that lie wholly in it."""
        live = self.live
        placed = seeds(self.reading.syllables)
        return [each for each in placed if live[each[1]] - live[each[0]] == each[1] - each[0]]


def examine(
    reading: Reading,
    *,
    templates: Sequence[Source],
    documents: Callable[[Sharing], Mapping[object, Source]],
    look_up: Callable[[Iterable[int]], Mapping[int, "array[int]"]],
    sources: Callable[[Iterable[int]], Mapping[int, Source]],
) -> Findings:
    """Compare a reading with templates, documents, and all texts the index knows."""
    left = Remaining(reading)
    template = [passage for each in templates for passage in left.found_in(each)]
    left.explain(template)
    placed = left.seeds()
    texts = look_up({seed for *_, seed in placed})
    quoted = [
        (key, source, passage)
        for key, source in documents(Sharing(placed, texts)).items()
        for passage in left.found_in(source)
        if is_quote(passage, source.reading)
    ]
    left.explain(passage for _, _, passage in quoted)
    placed = left.seeds()
    sharing = Sharing(placed, {s: texts[s] for *_, s in placed if s in texts})
    left.explain(_formulas(left, sharing, sources(sharing.crowd())))
    candidates = sources(sharing.candidates(MOST_CANDIDATES, FEWEST_VOTES))
    matches = [
        _match(number, passage, reading, source.reading)
        for number, source in candidates.items()
        for passage in _shared(number, source, left, sharing)
    ]
    return Findings(
        template=[reading.span(p.start, p.end) for p in template],
        quotes=[_match(key, p, reading, source.reading) for key, source, p in quoted],
        matches=matches,
        seeds=[seed for *_, seed in placed],
    )


def _formulas(left: Remaining, sharing: Sharing, crowd: Mapping[int, Source]) -> Iterator[Passage]:
    """What the essay has as everybody has it, as it runs in some of theirs."""
    for source in crowd.values():
        yield from (p for p in left.found_in(source) if sharing.is_formula(p))


def is_quote(passage: Passage, source: Reading) -> bool:
    """Long enough to be no accident; or shorter, and a whole sentence of the document."""
    if passage.alike >= LONG_QUOTE:
        return True
    return passage.alike >= SHORTEST_QUOTE and _is_whole(passage, source)


def _is_whole(passage: Passage, source: Reading) -> bool:
    """Whether it is a sentence there, or several."""
    return passage.source_start in source.opens and passage.source_end in source.opens


def _shared(number: int, source: Source, left: Remaining, sharing: Sharing) -> list[Passage]:
    """The passages shared with one text, if together they are worth showing.

    Where much is shared beyond doubt, what a few others have too belongs to it.
    """
    found = [
        p
        for p in left.found_in(
            source, lambda a, b: sharing.is_customary(a, b, left.live, number, EDGE_IN)
        )
        if _is_exact(p)
        or (
            (p.alike >= SHORT or _is_whole(p, source.reading))
            and (p.alike >= MARK or sharing.is_marked(number, p))
        )
    ]
    passages = _own(number, found, left, sharing, CUSTOMARY_IN)
    if _alike(passages) < LEAST_SHARED or not sharing.is_telling(number, passages):
        return []
    beyond_doubt = _alike(passages) >= BEYOND_DOUBT
    return _own(number, found, left, sharing, EDGE_IN) if beyond_doubt else passages


def _is_exact(passage: Passage) -> bool:
    """Word for word, or nearly, and too long for an accident."""
    length = max(passage.end - passage.start, passage.source_end - passage.source_start)
    return EXACT <= passage.alike >= ALMOST * length


def _own(
    number: int, passages: Sequence[Passage], left: Remaining, sharing: Sharing, strangers: int
) -> list[Passage]:
    """Without what so many strangers have too."""
    return [
        p
        for p in passages
        if not sharing.is_customary(p.start, p.end, left.live, number, strangers)
    ]


def _alike(passages: Iterable[Passage]) -> int:
    return sum(passage.alike for passage in passages)


def _match(source: object, passage: Passage, reading: Reading, there: Reading) -> Match:
    start, end = reading.span(passage.start, passage.end)
    source_start, source_end = there.span(passage.source_start, passage.source_end)
    return Match(source, start, end, source_start, source_end)
