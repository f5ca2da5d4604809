"""Essays made of the demonstration's sentences, with what is copied and quoted in them labelled.

Each sentence is used once as somebody's own; what is copied is a stretch of an
earlier essay, disguised; what is quoted stands in a document; how everybody
begins and ends is labelled as nothing. Always the same for the same seed.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from studyhub.demonstration import texts
from tests.similarity.disguises import DISGUISES

Span = tuple[int, int]
ROUNDS = 1, 2, 3
OWN = 24
"""Sentences of an author's own in an essay."""

MOST_COPIED = 6
"""Sentences in a row that one essay has from another."""

LEAST_COPIED = 45
"""Syllables of them: fewer are not worth showing."""

UNJUDGED = 8
"""Essays without which nobody could know what everybody has."""

OPENING = (
    "Qua đợt học tập vừa rồi, được nghe báo cáo viên giới thiệu và tự đọc lại tài liệu, tôi xin "
    "trình bày thu hoạch của mình theo ba phần mà chi bộ đã hướng dẫn."
)
CLOSING = (
    "Trên đây là những điều tôi thu nhận được, còn nhiều chỗ nghĩ chưa tới, mong các đồng chí "
    "trong chi bộ góp ý để tôi sửa và làm tốt hơn trong thời gian tới."
)
OUTLINE = (
    "Phần một: nội dung tâm đắc nhất. Phần hai: liên hệ bản thân và đơn vị. Phần ba: kiến nghị."
)


@dataclass(frozen=True)
class Case:
    """A stretch that also stands in a source."""

    source: str
    here: Span
    there: Span = (0, 0)
    disguise: str = ""


@dataclass
class Labelled:
    """An essay and the truth about it."""

    name: str
    text: str = ""
    own: list[Span] = field(default_factory=list)
    lent: set[int] = field(default_factory=set)
    """Which of its own sentences another has copied: nobody else does."""
    copied: list[Case] = field(default_factory=list)
    quoted: list[Case] = field(default_factory=list)
    nothing: list[Span] = field(default_factory=list)

    def add(self, text: str, *, paragraph: bool = False) -> Span:
        """Write this next; where it stands."""
        self.text += ("\n" if paragraph else " ") if self.text else ""
        start = len(self.text)
        self.text += text
        return start, len(self.text)


def made(seed: int = 1) -> tuple[list[dict[str, Any]], list[Labelled]]:
    """The texts as `office compare` takes them, and the truth about each essay but the first."""
    by = random.Random(seed)
    essays: list[Labelled] = []
    sentences = _own(by)
    while len(own := list(islice(sentences, OWN))) == OWN:
        essays.append(_essay(by, f"E{len(essays):03}", own, essays))
    documents = [
        {"id": f"DOC{n}", "kind": "resolution", "round": None, "text": text}
        for n, text in _documents().items()
    ]
    outline = {"id": "TPL", "kind": "template", "round": "R", "text": OUTLINE}
    taken = [
        {"id": each.name, "seq": n, "kind": "essay", "round": "R", "text": each.text}
        for n, each in enumerate(essays)
    ]
    return [*documents, outline, *taken], essays[UNJUDGED:]


def _essay(
    by: random.Random, name: str, own: Sequence[str], earlier: Sequence[Labelled]
) -> Labelled:
    essay = Labelled(name)
    essay.nothing.append(essay.add(OPENING))
    essay.nothing.append(essay.add(OUTLINE, paragraph=True))
    copies = by.choice((1, 2)) if len(earlier) > UNJUDGED and by.random() < 0.5 else 0
    copied_after = set(by.sample(range(4, OWN - 4, 4), copies))
    quoted_after = by.randrange(OWN)
    for place, sentence in enumerate(own):
        essay.own.append(essay.add(sentence, paragraph=place % 6 == 0))
        if place in copied_after:
            essay.copied.append(_copied(by, essay, by.choice(_able_to_lend(earlier))))
        if place == quoted_after:
            essay.quoted.append(_quoted(by, essay))
    essay.nothing.append(essay.add(CLOSING, paragraph=True))
    return essay


def _able_to_lend(essays: Sequence[Labelled]) -> list[Labelled]:
    return [
        each
        for each in essays
        if any(_is_free(each, n, n + MOST_COPIED) for n in range(OWN - MOST_COPIED + 1))
    ]


def _copied(by: random.Random, essay: Labelled, source: Labelled) -> Case:
    """Three to six sentences in a row of another's own, disguised."""
    places = [
        (first, count)
        for count in range(3, MOST_COPIED + 1)
        for first in range(OWN - count + 1)
        if _is_free(source, first, first + count)
    ]
    first, count = by.choice(places)
    source.lent.update(range(first, first + count))
    there = source.own[first][0], source.own[first + count - 1][1]
    disguise = by.choice(list(DISGUISES))
    told = DISGUISES[disguise](source.text[slice(*there)].replace("\n", " "), by)
    return Case(source.name, essay.add(told), there, disguise)


def _is_free(source: Labelled, first: int, past: int) -> bool:
    """Whether these of its own follow each other, and nobody has them yet."""
    row = source.own[first:past]
    return (
        source.lent.isdisjoint(range(first, past))
        and all(later[0] - earlier[1] == 1 for earlier, later in pairwise(row))
        and len(source.text[row[0][0] : row[-1][1]].split()) >= LEAST_COPIED
    )


def _quoted(by: random.Random, essay: Labelled) -> Case:
    number, text = by.choice(list(_documents().items()))
    sentence = by.choice([each for each in _sentences(text) if len(each.split()) >= 20])
    return Case(f"DOC{number}", essay.add(sentence))


def _own(by: random.Random) -> Iterator[str]:
    """Every sentence of the demonstration's essays, once, in no order."""
    written = (part for number in ROUNDS for e in texts.essays(number).values() for part in e)
    found = dict.fromkeys(s for part in written for s in _sentences(part) if len(s.split()) >= 8)
    return iter(by.sample(list(found), len(found)))


def _documents() -> Mapping[int, str]:
    return {number: texts.document(number) for number in ROUNDS}


def _sentences(text: str) -> list[str]:
    return [s.strip("-*# ") for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip("-*# ")]
