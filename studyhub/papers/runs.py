"""Pieces of text with the fonts they were set in, put into Unicode. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from studyhub.kernel import old_letters
from studyhub.kernel.old_letters import ONLY_UNICODE, Way
from studyhub.kernel.syllables import reading_of


@dataclass(frozen=True)
class Run:
    """Some text in one font; without a name where the file tells none."""

    text: str
    font: str = ""

    @property
    def way(self) -> Way | None:
        """The old way of typing that its font stands for."""
        return old_letters.way_of_font(self.font)


@dataclass(frozen=True)
class Told:
    """What a file says, a paragraph an entry, and the old ways some of it was typed in."""

    paragraphs: list[str]
    ways: frozenset[Way]


def told(paragraphs: Iterable[Sequence[Run]]) -> Told:
    """Everything in composed Unicode: by the fonts where they tell, else by how it reads."""
    given = [list(paragraph) for paragraph in paragraphs]
    old = ways_in(run for paragraph in given for run in paragraph)
    texts = ["".join(_pieces(paragraph, old)) for paragraph in given]
    said, ways = old_letters.read(texts)
    return Told(said, frozenset(ways | old))


def ways_in(runs: Iterable[Run]) -> frozenset[Way]:
    """The ways in which text is typed as its font says: proper text may stand in an old font."""
    texts: dict[Way, list[str]] = {}
    for run in runs:
        if run.way and not ONLY_UNICODE.search(run.text):
            texts.setdefault(run.way, []).append(run.text)
    return frozenset(way for way, found in texts.items() if _reads_better(" ".join(found), way))


def converted(run: Run, old: frozenset[Way]) -> str:
    """The text of one run, when those are the ways that fonts tell truly."""
    if run.way is None or run.way not in old or ONLY_UNICODE.search(run.text):
        return run.text
    if old_letters.draws_capitals(run.font):
        return old_letters.to_unicode(run.text, run.way).upper()
    return old_letters.in_capitals_too(run.text, run.way)


def _pieces(paragraph: Sequence[Run], old: frozenset[Way]) -> Iterable[str]:
    """Neighbours in one font are read together: VNI writes a letter as two signs."""
    for font, runs in groupby(paragraph, key=lambda run: run.font):
        yield converted(Run("".join(run.text for run in runs), font), old)


def _reads_better(text: str, way: Way) -> bool:
    """Text of plain letters alone tells nothing, and is the same either way."""
    return reading_of(old_letters.to_unicode(text, way)).share >= reading_of(text).share
