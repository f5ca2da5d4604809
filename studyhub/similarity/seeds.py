"""Seeds: as many syllables in a row as it takes to be rare, as one number; every fifth is kept.

A seed begins at every syllable and goes on until what it says is rare enough:
two rare syllables are, of common ones it takes five or six. So seeds are about
equally telling, whatever they are made of, and a phrase that is everybody's
fills no list. How common a syllable is stands in a table that never changes:
the same words give the same seeds in every text and every year.

Which are kept depends on the seed alone (Manber's “0 mod p”: “Finding Similar
Files in a Large File System”, USENIX 1994), so that two texts that share a
passage share its seeds, wherever in them it stands. Winnowing (Schleimer et
al., SIGMOD 2003) keeps more, for a guarantee that whole passages do not need.
"""

from collections.abc import Sequence
from math import log
from pathlib import Path
from zlib import crc32

SHORTEST, LONGEST = 2, 6
RARE = 22.5
"""How much a seed must say, in natural units of information, its syllables taken one by one."""

UNKNOWN = 10.0
"""What a syllable says that is not in the table: one of 22,000."""

KEPT_OF_256 = 52
SMALL = 0xFFFFFFFF

_WHOLE = 0xFFFFFFFFFFFFFFFF
_TABLE = Path(__file__).with_name("common_syllables.tsv")

Placed = tuple[int, int, int]
"""Where a seed begins, where it ends, and its number of 32 bits."""


def _told() -> dict[int, float]:
    rows = (line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:])
    return {crc32(bare.encode()): -log(int(count) / 100_000) for bare, count in rows}


_SAYS = _told()


def seeds(syllables: Sequence[int]) -> list[Placed]:
    """The seeds of this row, in their order."""
    says = [_SAYS.get(syllable, UNKNOWN) for syllable in syllables]
    found, last = [], len(says)
    for place in range(last - SHORTEST + 1):
        said, past, number = 0.0, place, 0
        while (said < RARE or past < place + SHORTEST) and past < min(last, place + LONGEST):
            said += says[past]
            number = (number * 0x9E3779B97F4A7C15 + syllables[past] + 1) & _WHOLE
            past += 1
        mixed = _mixed(number)
        if mixed >> 56 < KEPT_OF_256:
            found.append((place, past, mixed & SMALL))
    return found


def _mixed(number: int) -> int:
    """Every bit in every bit (the finisher of SplitMix64)."""
    mixed = ((number ^ number >> 30) * 0xBF58476D1CE4E5B9) & _WHOLE
    mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & _WHOLE
    return mixed ^ mixed >> 31
