"""What the numbers of the markers come to. Pure; every number is in hundredths of a point."""

from collections.abc import Sequence
from dataclasses import dataclass

from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade, band_of


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The number that counts, and what follows from it."""

    points: int
    outcome: Outcome
    grade: Grade | None


def number_of(given: Sequence[int], *, markers: int, apart: int) -> int | None:
    """The number that counts, of what was given in turn; None while somebody is still to mark.

    One marker: their number. Two: the mean, to the nearest hundredth, halves upward; where
    they differ by `apart` or more, what a third gives.
    """
    if len(given) < markers:
        return None
    if markers == 1:
        return given[0]
    first, second, *third = given
    if abs(first - second) >= apart:
        return third[0] if third else None
    return (first + second + 1) // 2


def needs_third(given: Sequence[int], *, markers: int, apart: int) -> bool:
    """Whether two have marked and differ too much."""
    return markers == 2 and len(given) == 2 and abs(given[0] - given[1]) >= apart


def verdict(points: int, *, pass_mark: int) -> Verdict:
    """Enough is accepted with its band; less is returned to be completed."""
    if points >= pass_mark:
        return Verdict(points=points, outcome=Outcome.ACCEPT, grade=band_of(points))
    return Verdict(points=points, outcome=Outcome.RETURN, grade=None)
