"""Text alignment of two readings: seeds become runs, runs passages, and what is weak goes.

After the PAN shared tasks (Potthast et al., “An Evaluation Framework for
Plagiarism Detection”, COLING 2010) and the approach that won them with the
simplest means (Sanchez-Perez, Sidorov, Gelbukh, “A Winning Approach to Text
Alignment for Text Reuse Detection”, CLEF 2014): seed, extend, merge, filter.
Merging minds nearness in both texts, not order: turned sentences stay one
passage, so that what is one for the reader is told as one (PAN's granularity).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from studyhub.similarity.reading import Reading
from studyhub.similarity.runs import Run, Source, runs

GAP = 14
"""How many syllables may lie between two runs of one passage, in both texts."""

NEW, SMALL = 0.2, 0.5
"""A run much smaller than a passage, and of which less is not yet in it, adds nothing to it."""

LEAST_SCORE = 8.0
PENALTY = 0.7
"""What a syllable that differs takes away from what one that is the same counts."""

IsNothing = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one reading and where it comes from in the other; places of syllables."""

    start: int
    end: int
    source_start: int
    source_end: int
    alike: int
    """How many syllables are the same in both."""


def align(
    reading: Reading,
    source: Source,
    live: Sequence[int],
    keys: Sequence[int],
    is_nothing: IsNothing = lambda start, end: False,
) -> list[Passage]:
    """The passages of `reading` that also stand in `source`.

    `live` counts, for each place, the syllables before it that are to be looked
    at; `keys` are the pairs of syllables, 0 where they are not to be. What
    `is_nothing` by itself begins or ends no passage.
    """
    groups = _merged(runs(reading, source, live, keys), live)
    return [
        passage
        for group in groups
        for passage in _dense(_trimmed(_carried(group, live), is_nothing), live)
    ]


class _Group:
    """Runs that lie near each other, and the stretch they make."""

    __slots__ = ("end", "here", "runs", "source_end", "source_start", "start")

    def __init__(self, run: Run) -> None:
        self.runs, self.here = [run], set(run.here)
        self.start, self.end = run.start, run.end
        self.source_start, self.source_end = run.source_start, run.source_end

    def take_in(self, other: "_Group") -> None:
        """Become one; what says the same again of another place in the source is left out."""
        if len(other.here) < SMALL * len(self.here) and len(other.here - self.here) < NEW * len(
            other.here
        ):
            return
        self.here |= other.here
        self.runs += other.runs
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.source_start = min(self.source_start, other.source_start)
        self.source_end = max(self.source_end, other.source_end)


def _merged(found: Sequence[Run], live: Sequence[int]) -> list[list[Run]]:
    """Runs that lie near each other in both texts together, in whatever order they stand."""
    groups = [_Group(run) for run in found]
    before = 0
    while len(groups) != before:
        before, groups = len(groups), _once_merged(groups, live)
    return [group.runs for group in groups]


def _once_merged(groups: Sequence[_Group], live: Sequence[int]) -> list[_Group]:
    kept: list[_Group] = []
    for group in sorted(groups, key=lambda group: (group.start, group.source_start)):
        for other in reversed(kept):
            if _is_near(other, group, live):
                other.take_in(group)
                break
        else:
            kept.append(group)
    return kept


def _is_near(first: _Group, second: _Group, live: Sequence[int]) -> bool:
    """Whether little lies between them; what is explained already may, in the source as here."""
    between = max(0, live[second.start] - live[first.end])
    if between > GAP:
        return False
    explained = max(0, second.start - first.end) - between
    return (
        second.source_start - first.source_end <= GAP + explained
        and first.source_start - second.source_end <= GAP
    )


def _carried(group: list[Run], live: Sequence[int]) -> list[Run]:
    """Without the few syllables at either end that hang on to the rest by what is explained."""
    parts = _piers(sorted(group, key=lambda run: run.start), live)
    while len(parts) > 1 and _alike(parts[0]) < LEAST_SCORE:
        del parts[0]
    while len(parts) > 1 and _alike(parts[-1]) < LEAST_SCORE:
        del parts[-1]
    return [run for part in parts for run in part]


def _piers(parts: Sequence[Run], live: Sequence[int]) -> list[list[Run]]:
    """Runs parted where what lies between them is explained, in the order of their places."""
    piers, end = [[parts[0]]], parts[0].end
    for run in parts[1:]:
        if run.start > end and run.start - end > live[run.start] - live[end]:
            piers.append([])
        piers[-1].append(run)
        end = max(end, run.end)
    return piers


def _alike(parts: Iterable[Run]) -> int:
    return len(set().union(*(run.here for run in parts)))


def _trimmed(group: list[Run], is_nothing: IsNothing) -> list[Run]:
    """Without what is nothing by itself at either end; what lies within belongs to the whole."""
    parts = sorted(group, key=lambda run: run.start)
    while len(parts) > 1 and is_nothing(parts[0].start, parts[0].end):
        del parts[0]
    while len(parts) > 1 and is_nothing(parts[-1].start, parts[-1].end):
        del parts[-1]
    return parts


def _dense(parts: Sequence[Run], live: Sequence[int]) -> list[Passage]:
    """The runs as one passage; if together they are not dense enough, those that are alone."""
    whole = _passage(parts)
    if _is_dense(whole, live):
        return [whole]
    found: list[Passage] = []
    for run in sorted(parts, key=lambda run: -run.alike):
        alone = _passage([run])
        if _is_dense(alone, live) and not any(_overlap(alone, other) for other in found):
            found.append(alone)
    return found


def _overlap(first: Passage, second: Passage) -> bool:
    return first.start < second.end and second.start < first.end


def _passage(parts: Sequence[Run]) -> Passage:
    here = set().union(*(run.here for run in parts))
    there = set().union(*(run.there for run in parts))
    return Passage(
        start=min(run.start for run in parts),
        end=max(run.end for run in parts),
        source_start=min(run.source_start for run in parts),
        source_end=max(run.source_end for run in parts),
        alike=min(len(here), len(there)),
    )


def _is_dense(passage: Passage, live: Sequence[int]) -> bool:
    """Whether enough is the same for what is not, in the text that is longer here."""
    length = live[passage.end] - live[passage.start]
    source_length = passage.source_end - passage.source_start
    alike = min(passage.alike, length, source_length)
    unlike = max(length, min(source_length, 2 * length)) - alike
    return alike - PENALTY * unlike >= LEAST_SCORE
