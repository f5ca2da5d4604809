"""The scales essays are judged by: bands, and numbers in hundredths (1000 is 10,00). Pure."""

import re
from enum import StrEnum


class Grading(StrEnum):
    """What is said of an essay that is accepted: no more than that, a band, or a number."""

    PASS_ONLY = "pass_only"  # noqa: S105 - a way of grading
    BANDS = "bands"
    POINTS = "points"


class Grade(StrEnum):
    """The four bands."""

    AVERAGE = "average"
    FAIR = "fair"
    GOOD = "good"
    EXCELLENT = "excellent"


MOST = 1000
"""The most an essay can get: 10,00 in hundredths. No number here is ever a fraction."""

STEPS = (25, 50)
"""A marker gives quarters or halves of a point."""

_LEAST = ((900, Grade.EXCELLENT), (800, Grade.GOOD), (700, Grade.FAIR))
_TYPED = re.compile(r"([0-9]{1,2})(?:[.,]([0-9]{1,2}))?")


def band_of(points: int) -> Grade:
    """The band of a number that is enough to pass."""
    return next((grade for least, grade in _LEAST if points >= least), Grade.AVERAGE)


def read_points(typed: str) -> int | None:
    """“7,25”, “7.25” and “7” as hundredths; None when it is no number from 0 to 10."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    points = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return points if points <= MOST else None


def write_points(points: int) -> str:
    """As people write it: “7,25”, “7,5”, “7,0”."""
    whole, rest = divmod(points, 100)
    told = f"{rest:02}"
    return f"{whole},{told.removesuffix('0')}"
