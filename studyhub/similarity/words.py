"""One word as it was typed → the bare syllables in it, each with its place in the word."""

import re
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from studyhub.similarity.letters import INVISIBLE, as_read, is_look_alike

LONGEST_SYLLABLE = 7
MOST_SYLLABLES = 4
"""Of words run together; longer ones are names and addresses."""

Piece = tuple[int, int, int]
"""A syllable as a number, and where it begins and ends in the word."""

_SYLLABLE = re.compile(
    r"""
    (?: ngh? | gh? | gi | nh | ch? | kh? | ph | qu? | t[hr]? | [bdhlmnrsvxp] )?
    (?: ieu | yeu | uye | uya | uyu | uoi | uou | oai | oay | oao | oeo | uay
      | a[iouy]? | e[ou]? | i[aeu]? | ye | o[aeio]? | u[aeoiyu]? | y )
    (?: ch | nh | ng | [cmnpt] )?
    """,
    re.VERBOSE,
)
"""As `kernel.syllables` has it, without marks: what is typed without them is cut alike."""

_HIDDEN = re.compile(f"[{INVISIBLE}]")


@lru_cache(maxsize=60_000)
def pieces(word: str) -> tuple[Piece, ...]:
    """The syllables of a word: “hàngchục” are two, “ủy” and “uỷ” are one and the same.

    A syllable is told by the CRC of its bare letters: small, and the same in every process.
    """
    letters = [(letter, place) for place, at in enumerate(word) for letter in as_read(at)]
    if not letters:
        return ()
    bare = "".join(letter for letter, _ in letters)
    cuts = _cuts(bare) if len(bare) > LONGEST_SYLLABLE - 3 else (0, len(bare))
    return tuple(
        (crc32(bare[a:b].encode()), letters[a][1], _end(word, letters[b - 1][1]))
        for a, b in pairwise(cuts)
    )


@lru_cache(maxsize=60_000)
def is_disguised(word: str) -> bool:
    """Whether it has hidden characters within, or letters of another script among Latin ones."""
    if word.isascii():
        return False
    if _HIDDEN.search(word):
        return True
    alike = [is_look_alike(letter) for letter in word]
    latin = ("a" <= as_read(letter)[:1] <= "z" for letter in word)
    return any(alike) and any(each and not other for each, other in zip(latin, alike, strict=True))


def _end(word: str, place: int) -> int:
    """Past the letter and the marks and hidden characters that follow it."""
    place += 1
    while place < len(word) and not as_read(word[place]):
        place += 1
    return place


def _cuts(bare: str) -> tuple[int, ...]:
    """Where to cut so that every part is a syllable, in as few parts as possible; else nowhere."""
    whole = (0, len(bare))
    if len(bare) > LONGEST_SYLLABLE * MOST_SYLLABLES or _SYLLABLE.fullmatch(bare):
        return whole
    best: list[tuple[int, ...] | None] = [(0,)] + [None] * len(bare)
    for end in range(2, len(bare) + 1):
        ways = [
            (*way, end)
            for start in range(max(0, end - LONGEST_SYLLABLE), end - 1)
            if (way := best[start]) and _SYLLABLE.fullmatch(bare, start, end)
        ]
        best[end] = min(ways, key=len) if ways else None
    found = best[-1]
    return found if found and len(found) <= MOST_SYLLABLES + 1 else whole
