"""What became of a text that was handed in again: paragraph by paragraph, then word by word. Pure.

A paragraph that stands elsewhere now was moved, not taken away and written anew. Those that
are neither the same nor moved are paired by the words they share.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from studyhub.essays.paragraphs import paragraphs
from studyhub.kernel.vietnamese import nfc
from studyhub.review.changes import Kind, Stretch, changes, count, shortened

ALIKE = 0.4
"""Two paragraphs that share so much of their words are one, changed."""

WORD = re.compile(r"\w+")

Place = tuple[int, int]
"""Part and paragraph."""


class Fate(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Block:
    """One paragraph of either text, and what became of it; `told` is empty where it is the same."""

    fate: Fate
    old: str
    new: str
    was: Place | None
    now: Place | None
    told: tuple[Stretch, ...] = ()

    @property
    def brief(self) -> list[Stretch]:
        """What changed in it, with a little of what did not."""
        return shortened(self.told)

    @property
    def added(self) -> int:
        """Words that came."""
        return count(self.told, Kind.ADDED)

    @property
    def removed(self) -> int:
        """Words that went."""
        return count(self.told, Kind.REMOVED)


def compared(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """All paragraphs of the new parts in order; those removed stand where they stood."""
    before, after = _placed(old), _placed(new)
    pairs = _same(before, after)
    pairs |= _again(before, after, pairs)
    alike = _alike(before, after, pairs)
    moved = _out_of_turn({**pairs, **alike})
    blocks = [_block(at, before, after, {**pairs, **alike}, moved) for at in range(len(after))]
    return _with_removed(blocks, before, {*pairs.values(), *alike.values()})


def fates(blocks: Iterable[Block]) -> dict[Place, Block]:
    """What became of each paragraph of the old text, by where it stood."""
    return {block.was: block for block in blocks if block.was is not None}


@dataclass(frozen=True)
class _Paragraph:
    place: Place
    text: str


def _placed(parts: Sequence[str]) -> list[_Paragraph]:
    return [
        _Paragraph((part, number), " ".join(nfc(text).split()))
        for part, whole in enumerate(parts)
        for number, text in enumerate(paragraphs(whole))
    ]


def _same(before: list[_Paragraph], after: list[_Paragraph]) -> dict[int, int]:
    """Those that stand as they stood, in the same turn: new to old."""
    matcher = SequenceMatcher(
        None, [one.text for one in before], [one.text for one in after], autojunk=False
    )
    return {
        block.b + step: block.a + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _again(
    before: list[_Paragraph], after: list[_Paragraph], pairs: dict[int, int]
) -> dict[int, int]:
    """Those that stand elsewhere word for word."""
    free: dict[str, list[int]] = {}
    for at, one in enumerate(before):
        if at not in pairs.values():
            free.setdefault(one.text, []).append(at)
    found = {}
    for at, one in enumerate(after):
        if at not in pairs and free.get(one.text):
            found[at] = free[one.text].pop(0)
    return found


def _alike(
    before: list[_Paragraph], after: list[_Paragraph], pairs: dict[int, int]
) -> dict[int, int]:
    """Those that were changed: the most alike find each other first."""
    old = [at for at in range(len(before)) if at not in pairs.values()]
    new = [at for at in range(len(after)) if at not in pairs]
    words = {at: _words(before[at]) for at in old}
    scored = []
    for at in new:
        mine = _words(after[at])
        scored += [(_share(mine, words[was]), -abs(at - was), at, was) for was in old]
    found: dict[int, int] = {}
    for share, _, at, was in sorted(scored, reverse=True):
        if share >= ALIKE and at not in found and was not in found.values():
            found[at] = was
    return found


def _words(paragraph: _Paragraph) -> set[str]:
    return set(WORD.findall(paragraph.text.casefold()))


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _out_of_turn(pairs: dict[int, int]) -> set[int]:
    """The new places that had to move: all but the longest row that kept its turn."""
    news = sorted(pairs)
    best: list[list[int]] = []
    for at in news:
        rows = [row for row in best if pairs[row[-1]] < pairs[at]]
        best.append([*_longest(rows), at])
    return set(news) - set(_longest(best))


def _longest(rows: list[list[int]]) -> list[int]:
    return max(rows, key=len) if rows else []


def _block(
    at: int,
    before: list[_Paragraph],
    after: list[_Paragraph],
    pairs: dict[int, int],
    moved: set[int],
) -> Block:
    new = after[at]
    if at not in pairs:
        return Block(Fate.ADDED, "", new.text, None, new.place, tuple(changes("", new.text)))
    old = before[pairs[at]]
    told = tuple(changes(old.text, new.text)) if old.text != new.text else ()
    fate = Fate.MOVED if at in moved else Fate.CHANGED if told else Fate.SAME
    return Block(fate, old.text, new.text, old.place, new.place, told)


def _with_removed(blocks: list[Block], before: list[_Paragraph], kept: set[int]) -> list[Block]:
    """Each that is gone follows the one it followed."""
    whole = list(blocks)
    for at, one in enumerate(before):
        if at in kept:
            continue
        gone = Block(Fate.REMOVED, one.text, "", one.place, None, tuple(changes(one.text, "")))
        previous = before[at - 1].place if at else None
        index = next((i for i, block in enumerate(whole) if block.was == previous), None)
        whole.insert(0 if index is None or previous is None else index + 1, gone)
    return whole
