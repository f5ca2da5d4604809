"""How well it was found: the measures of the PAN shared tasks, and what a reader sees.

Potthast, Stein, Barrón-Cedeño, Rosso, “An Evaluation Framework for Plagiarism
Detection”, COLING 2010. Characters of what everybody has and of quotations
count for nothing where copying is measured.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from tests.similarity.labelled import Case, Labelled, Span

Found = Mapping[str, Any]


@dataclass(frozen=True)
class Measures:
    """Of a whole set; each from 0 to 1, but for granularity, which is 1 or more."""

    plagdet: float
    granularity: float
    pairs: float
    highlighting: float
    quotations: float
    false_alarms: float


def measured(essays: Sequence[Labelled], found: Mapping[str, Found]) -> Measures:
    """Compare what was found in each essay with the truth about it."""
    precise: list[float] = []
    recalled: list[float] = []
    times: list[int] = []
    pairs, marks, quotes = _Counts(), _Counts(), _Counts()
    alarms: list[bool] = []
    for essay in essays:
        matches, quoted = found[essay.name]["matches"], found[essay.name]["quotes"]
        nothing = _places([*essay.nothing, *(case.here for case in essay.quoted)])
        precise += [share for m in matches if (share := _precision(m, essay, nothing)) is not None]
        for case in essay.copied:
            hits = [m for m in matches if _is_of(m, case)]
            recalled.append(_recall(hits, case))
            times += [len(hits)] if hits else []
        pairs.add({m["src"] for m in matches}, {case.source for case in essay.copied})
        marked = _places(m["susp"] for m in matches) - nothing
        copied = _places(case.here for case in essay.copied) - nothing
        marks.add(marked, copied)
        told = _places(q["susp"] for q in quoted)
        quotes.add(told, _places(case.here for case in essay.quoted))
        if not essay.copied:
            alarms.append(len(marked) >= 0.05 * len(essay.text))
    grain, harmony = _mean(times), _f1(_mean(precise), _mean(recalled))
    return Measures(
        plagdet=harmony / log2(1 + grain),
        granularity=grain,
        pairs=pairs.f1,
        highlighting=marks.f1,
        quotations=quotes.f1,
        false_alarms=_mean(alarms),
    )


class _Counts:
    def __init__(self) -> None:
        self.right = self.found = self.true = 0

    def add(self, found: set[Any], true: set[Any]) -> None:
        self.right += len(found & true)
        self.found += len(found)
        self.true += len(true)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.true)


def _is_of(match: Found, case: Case) -> bool:
    return (
        match["src"] == case.source
        and _common(match["susp"], case.here) > 0
        and _common(match["src_span"], case.there) > 0
    )


def _precision(match: Found, essay: Labelled, nothing: set[int]) -> float | None:
    """The share of a match, in both texts, that is copied; none if it is of what is nothing."""
    live = _places([match["susp"]]) - nothing
    if not live:
        return None
    cases = [case for case in essay.copied if _is_of(match, case)]
    here = live & _places(case.here for case in cases)
    there = _places([match["src_span"]])
    right = there & _places(case.there for case in cases)
    return (len(here) + len(right)) / (len(live) + len(there))


def _recall(hits: Iterable[Found], case: Case) -> float:
    hits = list(hits)
    here = _places(m["susp"] for m in hits) & _places([case.here])
    there = _places(m["src_span"] for m in hits) & _places([case.there])
    return (len(here) + len(there)) / sum(end - start for start, end in (case.here, case.there))


def _places(spans: Iterable[Sequence[int]]) -> set[int]:
    return {place for span in spans for place in range(span[0], span[1])}


def _common(first: Sequence[int], second: Span) -> int:
    return min(first[1], second[1]) - max(first[0], second[0])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)
