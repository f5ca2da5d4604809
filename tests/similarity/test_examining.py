"""What is found, whatever was done to it; what is everybody's is not."""

import random
from array import array
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyhub.similarity.examining import Findings, examine
from studyhub.similarity.reading import read
from studyhub.similarity.runs import Source
from studyhub.similarity.seeds import seeds
from tests.similarity.disguises import DISGUISES
from tests.similarity.passages import essay, passage

LEAST = {"reordered": 0.8}
"""Where sentences change places, a few syllables at every cut belong to nothing."""


class Shelf:
    """Texts in memory, and the index of their seeds."""

    def __init__(self, *texts: str, documents: Iterable[str] = (), template: str = "") -> None:
        self.sources: dict[int, Source] = {}
        self.index: dict[int, array[int]] = {}
        self.documents: Mapping[object, Source] = {
            f"document {n}": Source(read(text)) for n, text in enumerate(documents)
        }
        self.templates = [Source(read(template))]
        for text in texts:
            self.put(text)

    def put(self, text: str) -> None:
        number = len(self.sources) + 1
        self.sources[number] = Source(read(text))
        for *_, seed in seeds(read(text).syllables):
            self.index.setdefault(seed, array("Q")).append(number)

    def look(self, text: str) -> Findings:
        return examine(
            read(text),
            templates=self.templates,
            documents=lambda _: self.documents,
            look_up=lambda wanted: {s: self.index[s] for s in wanted if s in self.index},
            sources=lambda numbers: {n: self.sources[n] for n in numbers},
        )


def share(text: str, whole: str, findings: Findings) -> float:
    """How much of a part of the text lies in what was found."""
    start = whole.index(text)
    marks = bytearray(len(whole))
    for match in findings.matches:
        marks[match.start : match.end] = b"\1" * (match.end - match.start)
    return sum(marks[start : start + len(text)]) / len(text)


@pytest.mark.parametrize("name", DISGUISES)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), syllables=st.sampled_from([120, 200]))
def test_a_copied_passage_is_found_whatever_was_done_to_it(
    name: str, seed: int, syllables: int
) -> None:
    copied = passage(seed, syllables)
    source = f"{essay(f'{seed} theirs')}\n\n{copied}\n\n{essay(f'{seed} theirs too', 160)}"
    disguised = DISGUISES[name](copied, random.Random(seed))
    text = f"{essay(f'{seed} own')}\n\n{disguised}\n\n{essay(f'{seed} own too', 160)}"

    found = Shelf(essay("somebody"), source, essay("somebody else")).look(text)

    assert {match.source for match in found.matches} == {2}
    assert share(disguised, text, found) > LEAST.get(name, 0.9)
    covered = sum(match.end - match.start for match in found.matches)
    assert covered < 1.1 * len(disguised)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_both_places_are_told_to_the_character(seed: int) -> None:
    copied = passage(seed, 80)
    source = f"{essay(f'{seed} theirs')}\n\n{copied}\n\n{essay(f'{seed} more', 80)}"
    text = f"{essay(f'{seed} own', 160)}\n\n{copied}"

    (match,) = Shelf(source).look(text).matches

    assert text[match.start : match.end] == copied
    assert source[match.source_start : match.source_end] == copied


def test_several_sources_are_told_apart() -> None:
    first, second = essay("first"), essay("second")
    text = "\n\n".join([essay("own"), first[:900], essay("own too"), second[:900]])

    found = Shelf(first, essay("third"), second).look(text)

    assert [match.source for match in sorted(found.matches, key=lambda m: m.start)] == [1, 3]


def test_nothing_is_found_in_the_words_of_one_s_own() -> None:
    shelf = Shelf(*(essay(n) for n in range(30)))

    assert shelf.look(essay("own", 800)).matches == []


def test_a_quotation_is_told_apart_and_only_once() -> None:
    document, quoted = essay("resolution", 800), passage("resolution/3", 80)
    other = f"{essay('theirs')}\n\n{quoted}"
    text = f"{essay('own')}\n\n{quoted}"

    found = Shelf(other, documents=[document]).look(text)

    assert [text[q.start : q.end] for q in found.quotes] == [quoted]
    assert found.matches == []


def test_what_everybody_was_given_is_subtracted() -> None:
    outline = passage("outline", 60)
    shelf = Shelf(f"{outline}\n\n{essay('theirs')}", template=outline)

    found = shelf.look(f"{outline}\n\n{essay('own')}")

    assert found.matches == []
    assert found.quotes == []
    assert [end - start for start, end in found.template] == [len(outline)]


def test_customary_words_are_nobody_s() -> None:
    """Thirty essays end alike; none of them is where the next has it from."""
    closing = passage("we thank the comrades", 40)
    shelf = Shelf(*(f"{essay(n)}\n\n{closing}" for n in range(30)))

    assert shelf.look(f"{essay('own')}\n\n{closing}").matches == []


def test_a_passage_does_not_reach_over_the_outline_for_a_few_words() -> None:
    outline, copied, tail = passage("outline", 40), passage("copied", 80), "Kính gửi chi bộ ta."
    shelf = Shelf(f"{essay('theirs')}\n{copied}\n{outline}\n{tail}", template=outline)
    text = f"{essay('own')}\n{copied}\n{outline}\n{tail}"

    [match] = shelf.look(text).matches

    assert text[match.start : match.end] == copied


def test_what_is_repeated_far_on_does_not_hide_the_outline() -> None:
    """A title that comes again and again among own words is no reason to see no outline."""
    title = passage("title", 20)
    outline = f"{title}\n{passage('questions', 40)}"
    again = "\n".join(f"{passage(('between', n), 12)}\n{title}" for n in range(6))

    found = Shelf(essay("theirs"), template=outline).look(f"{outline}\n{again}")

    assert any(start == 0 and end >= len(outline) for start, end in found.template)


def test_what_very_many_copied_is_still_found() -> None:
    """A sample from the Internet: the whole of it, a hundred times."""
    sample = essay("sample", 800)
    shelf = Shelf(*(f"{essay(n, 80)}\n\n{sample}" for n in range(70)))

    found = shelf.look(f"{essay('own', 80)}\n\n{sample}")

    assert share(sample, f"{essay('own', 80)}\n\n{sample}", found) > 0.95
    assert 1 in {match.source for match in found.matches}


@pytest.mark.parametrize("text", ["", " ", ".", "một", "một hai", "một hai ba"])
def test_short_texts_have_nothing(text: str) -> None:
    found = Shelf(essay("theirs"), documents=[essay("resolution")], template="một hai").look(text)

    assert found.matches == found.quotes == []
