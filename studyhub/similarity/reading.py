"""A text as a row of numbered syllables that remember where each of them stood.

Everything after this works on the numbers; what is shown is cut from the text
as it was given, by the offsets kept here.
"""

import re
from array import array
from dataclasses import dataclass, field

from studyhub.similarity.letters import INVISIBLE, MARKS
from studyhub.similarity.words import is_disguised, pieces

_WORD = re.compile(rf"[\w{MARKS}{INVISIBLE}]+")
_END_OF_SENTENCE = re.compile(r"[.!?…;:]\W*\s|\n")
_CLOSING = re.compile(r"[^\S\n]*[.!?…;:,”\"')\]»]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """The syllables of one text: numbers, first and last offset, and where sentences begin."""

    text: str
    syllables: "array[int]"
    starts: "array[int]"
    ends: "array[int]"
    opens: tuple[int, ...]
    """The places of the syllables that begin a sentence; one past the last belongs to them."""
    disguised: tuple[tuple[int, int], ...] = field(default=())
    """Words with hidden characters or look-alike letters, by their offsets."""

    def __len__(self) -> int:
        return len(self.syllables)

    def span(self, first: int, past: int) -> tuple[int, int]:
        """Offsets in the text of the syllables from `first` up to `past`, with what closes them."""
        end = self.ends[past - 1]
        closing = _CLOSING.match(self.text, end)
        return self.starts[first], closing.end() if closing else end


def read(text: str) -> Reading:
    """Read a text as given: whatever Unicode form, letters or hidden characters it has."""
    syllables, starts, ends = array("I"), array("I"), array("I")
    opens, disguised, last = [0], [], 0
    for match in _WORD.finditer(text):
        word, at = match.group(), match.start()
        found = pieces(word)
        if not found:
            continue
        if at - last > 1 and _END_OF_SENTENCE.search(text, last, at):
            opens.append(len(syllables))
        for number, start, end in found:
            syllables.append(number)
            starts.append(at + start)
            ends.append(at + end)
        last = ends[-1]
        if is_disguised(word):
            disguised.append((at, match.end()))
    opens.append(len(syllables))
    return Reading(text, syllables, starts, ends, tuple(dict.fromkeys(opens)), tuple(disguised))
