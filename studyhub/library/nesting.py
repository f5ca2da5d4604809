"""Which numbers are parts, and which part stands within which.

The document itself decides: a number is a part when it continues a sequence or
begins one, and it stands where numbers of its style stood before. A lone "5."
in the middle of a text continues nothing and stays text.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from studyhub.library.lines import Line
from studyhub.library.numbering import (
    KEYWORDS,
    RANKS,
    Ordinal,
    Reading,
    Style,
    follows,
    nearly_follows,
    readings,
)

NEEDS_A_SEQUEL = frozenset({Style.SMALL_ROMAN, Style.CAPITAL})

FORESIGHT = 30
"""How many doubtful numbers ("I." may be a letter) are passed over when looking ahead."""


@dataclass(frozen=True)
class Entry:
    """A part that is open: what follows may stand within it."""

    style: Style | None
    ordinal: Ordinal
    heading: int


class Sequences:
    """All possible readings of a document, so that one can look ahead."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.readings = [() if line.is_table_row else readings(line.text) for line in lines]
        self._places: dict[Style, list[int]] = {}
        self._ordinals: dict[Style, list[Ordinal]] = {}
        for place, found in enumerate(self.readings):
            for reading in found:
                self._places.setdefault(reading.style, []).append(place)
                self._ordinals.setdefault(reading.style, []).append(reading.ordinal)

    def is_continued(self, style: Style, ordinal: Ordinal, place: int) -> bool:
        """Whether the next number of this style, further down, is the one after `ordinal`."""
        places = self._places.get(style, [])
        start = bisect_right(places, place)
        for at in range(start, min(start + FORESIGHT, len(places))):
            if follows(ordinal, self._ordinals[style][at], style):
                return True
            if len(self.readings[places[at]]) == 1:
                return False
        return False


class Nesting:
    """The parts that are open while one reads on, from the outermost inwards."""

    def __init__(self, sequences: Sequences) -> None:
        self._sequences = sequences
        self.restart()

    def restart(self) -> None:
        """Begin anew, as an appendix does."""
        self.open: list[Entry] = []
        self._last: dict[Style, Ordinal] = {}

    def enter(self, place: int, heading: int = 0) -> Reading | None:
        """Open the part numbered on this line; None when its number is mere text."""
        found = self._sequences.readings[place]
        reading = self._chosen(found, place) or (found[0] if heading and found else None)
        if reading:
            self._close_for(reading, place, heading)
            self.open.append(Entry(reading.style, reading.ordinal, heading))
            self._last[reading.style] = reading.ordinal
        return reading

    def enter_heading(self, heading: int) -> None:
        """Open a part that has a Markdown heading and no number."""
        while self.open and not 0 < self.open[-1].heading < heading:
            self.open.pop()
        self.open.append(Entry(None, (), heading))

    def _chosen(self, found: Sequence[Reading], place: int) -> Reading | None:
        return (
            self._continuing(found)
            or next((reading for reading in found if self._begins(reading, place)), None)
            or next((reading for reading in found if self._slips(reading, place)), None)
        )

    def _continuing(self, found: Sequence[Reading]) -> Reading | None:
        """The reading that goes on with the innermost sequence it can."""
        if not found:
            return None
        for entry in reversed(self.open):
            for reading in found:
                if entry.style is reading.style and _follows(entry, reading):
                    return reading
        return next((reading for reading in found if self._resumes(reading)), None)

    def _resumes(self, reading: Reading) -> bool:
        """Articles, for one, are counted on through all chapters."""
        last = self._last.get(reading.style)
        return (
            last is not None
            and not self._holds(reading)
            and follows(last, reading.ordinal, reading.style)
        )

    def _begins(self, reading: Reading, place: int) -> bool:
        sequel = self._sequences.is_continued(reading.style, reading.ordinal, place)
        if not reading.is_first:
            return sequel and reading.style not in self._last
        if len(reading.ordinal) > 1:
            return sequel or self._completes(reading)
        return sequel or not (self._holds(reading) or reading.style in NEEDS_A_SEQUEL)

    def _completes(self, reading: Reading) -> bool:
        """Whether "2.1." stands within "2."."""
        parents = (reading.ordinal[:-1], reading.ordinal[-2:-1])
        return any(entry.ordinal in parents for entry in self.open[-1:])

    def _slips(self, reading: Reading, place: int) -> bool:
        """A number said twice or left out, when the count then goes on."""
        last = next((entry for entry in reversed(self.open) if entry.style is reading.style), None)
        return (
            last is not None
            and nearly_follows(last.ordinal, reading.ordinal)
            and (
                reading.is_first
                or self._sequences.is_continued(reading.style, reading.ordinal, place)
            )
        )

    def _holds(self, reading: Reading) -> bool:
        return any(entry.style is reading.style for entry in self.open)

    def _close_for(self, reading: Reading, place: int, heading: int) -> None:
        if self._holds(reading):
            while self.open.pop().style is not reading.style:
                pass
            return
        while self.open and self._ends(self.open[-1], reading, place, heading):
            self.open.pop()

    def _ends(self, entry: Entry, reading: Reading, place: int, heading: int) -> bool:
        """Whether a part of a style new here closes this open one rather than standing in it."""
        if heading and entry.heading:
            return heading <= entry.heading
        if entry.style is None:
            return False
        if RANKS[reading.style] >= RANKS[entry.style]:
            return False
        resumed = self._sequences.is_continued(entry.style, entry.ordinal, place)
        return reading.style in KEYWORDS or not resumed


def _follows(entry: Entry, reading: Reading) -> bool:
    return follows(entry.ordinal, reading.ordinal, reading.style)
