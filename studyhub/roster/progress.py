"""How far the work on a list is: which stage, and how many of how many rows."""

import time
from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What is done one after the other; a dry run ends with filing."""

    OPENING = "opening"
    """The file, in its fence: how many rows there are is known only afterwards."""
    READING = "reading"
    COMPARING = "comparing"
    FILING = "filing"
    """The rows with errors, put into a workbook."""
    PREPARING = "preparing"
    """Drawn up as rows, while nobody waits for them."""
    WRITING = "writing"


Note = Callable[[Stage, int, int], None]
"""Hears the stage, how many rows are done, and of how many."""


def unheard(_stage: Stage, _done: int, _of: int) -> None:
    """For work that is over before anybody could look."""


class Spaced:
    """Passes on what is new, not more often than once in so many seconds, and every new stage."""

    def __init__(self, tell: Note, seconds: float) -> None:
        self.tell, self.seconds = tell, seconds
        self.stage, self.last = "", 0.0

    def __call__(self, stage: Stage, done: int, of: int) -> None:
        """Hear it."""
        moment = time.monotonic()
        if stage != self.stage or moment - self.last >= self.seconds:
            self.stage, self.last = stage, moment
            self.tell(stage, done, of)


SHARES: dict[str, tuple[tuple[Stage, int], ...]] = {
    "roster.compare": (
        (Stage.OPENING, 0),
        (Stage.READING, 20),
        (Stage.COMPARING, 60),
        (Stage.FILING, 90),
    ),
    "roster.apply": (
        (Stage.OPENING, 0),
        (Stage.READING, 5),
        (Stage.COMPARING, 15),
        (Stage.PREPARING, 25),
        (Stage.WRITING, 60),
    ),
}
"""At which hundredth of the whole each stage begins, as measured with 25,000 rows."""


def percent(kind: str, stage: Stage, done: int, of: int) -> int:
    """How far the whole of it is."""
    begins = dict(SHARES[kind])
    ends = [*list(begins.values())[1:], 100]
    first, last = dict(zip(begins, zip(begins.values(), ends, strict=True), strict=True))[stage]
    return first + (last - first) * done // max(of, 1)
