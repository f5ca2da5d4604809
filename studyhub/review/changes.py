"""What changed between two texts, syllable by syllable. Pure.

Texts are compared as what white space separates: in Vietnamese that is the
syllable, and no better unit can be had without a dictionary.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from studyhub.essays.paragraphs import paragraphs
from studyhub.kernel.vietnamese import nfc

CONTEXT = 6
"""How many unchanged syllables stand on each side of a change."""

MOST = 6000
"""Above so many syllables whole paragraphs are compared: it would take too long otherwise."""


class Kind(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Stretch:
    """Some syllables, and what became of them."""

    kind: Kind
    text: str

    @property
    def syllables(self) -> int:
        """How many there are."""
        return len(self.text.split())


def changes(old: str, new: str) -> list[Stretch]:
    """The new text told as what stayed, what went, what came."""
    before, after = _pieces(old, new)
    told: list[Stretch] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            told.append(Stretch(Kind.SAME, " ".join(after[b1:b2])))
            continue
        told += _stretch(Kind.REMOVED, before[a1:a2])
        told += _stretch(Kind.ADDED, after[b1:b2])
    return told


def shortened(told: Sequence[Stretch]) -> list[Stretch]:
    """The same with long unchanged stretches cut down to a little context."""
    last = len(told) - 1
    return [
        stretch if stretch.kind is not Kind.SAME else _cut(stretch, first=at == 0, last=at == last)
        for at, stretch in enumerate(told)
    ]


def count(told: Iterable[Stretch], kind: Kind) -> int:
    """Syllables of this kind."""
    return sum(stretch.syllables for stretch in told if stretch.kind is kind)


def _pieces(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = nfc(old).split(), nfc(new).split()
    if max(len(before), len(after)) > MOST:
        return paragraphs(nfc(old)), paragraphs(nfc(new))
    return before, after


def _stretch(kind: Kind, pieces: Sequence[str]) -> list[Stretch]:
    return [Stretch(kind, " ".join(pieces))] if pieces else []


def _cut(stretch: Stretch, *, first: bool, last: bool) -> Stretch:
    words = stretch.text.split()
    if len(words) <= 2 * CONTEXT:
        return stretch
    head = [] if first else words[:CONTEXT]
    tail = [] if last else words[-CONTEXT:]
    return Stretch(Kind.SAME, " ".join([*head, "…", *tail]))
