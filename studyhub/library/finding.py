"""Finding words in a text without minding marks or capitals: "chuyen doi" finds “Chuyển đổi”."""

from collections.abc import Iterator
from itertools import accumulate

from studyhub.kernel.vietnamese import fold, tidy

SHORTEST = 2
"""A single letter is found everywhere and helps nobody."""
AROUND = 70


def is_worth_finding(words: str) -> bool:
    """Whether there is enough to look for."""
    return len(tidy(words)) >= SHORTEST


def spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where `words` stand in `text`, from the beginning on, without overlaps."""
    wanted = fold(tidy(words))
    folded = fold(text)
    place = _same if len(folded) == len(text) else _places(text).__getitem__
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        yield place(at), place(at + len(wanted) - 1) + 1
        at = folded.find(wanted, at + len(wanted))


def count(text: str, words: str) -> int:
    """How often."""
    return sum(1 for _ in spans(text, words))


def excerpt(text: str, words: str) -> str:
    """A short piece of the text around the first place, cut between words."""
    start, end = next(spans(text, words), (0, 0))
    first = text.rfind(" ", 0, max(start - AROUND, 0)) + 1
    last = text.find(" ", end + AROUND)
    piece = text[first : last if last > 0 else len(text)]
    return ("…" if first else "") + piece + ("…" if last > 0 else "")


def _same(at: int) -> int:
    return at


def _places(text: str) -> list[int]:
    """For every letter of the folded text, where it stands in the text itself."""
    ends = list(accumulate(len(fold(letter)) for letter in text))
    return [at for at, end in enumerate(ends) for _ in range(end - (ends[at - 1] if at else 0))]
