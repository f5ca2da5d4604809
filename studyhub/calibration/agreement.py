"""How far apart judgements are, as fractions and in a word. Pure; nobody is ranked by it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade

SCALE = (Grade.AVERAGE, Grade.FAIR, Grade.GOOD, Grade.EXCELLENT)


class Agreement(StrEnum):
    """How far apart several judged the same essay."""

    ALIKE = "alike"
    NEAR = "near"
    APART = "apart"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one person judged."""

    outcome: Outcome
    grade: Grade | None
    points: int | None


@dataclass(frozen=True, kw_only=True)
class Spread:
    """What all of them judged of one essay, counted."""

    of: int
    accepted: int
    grades: tuple[tuple[Grade, int], ...]
    """Of those who accepted it, from the highest band down; none where no bands are given."""
    least: int | None
    most: int | None
    agreement: Agreement | None
    """None while fewer than two have judged."""

    @property
    def returned(self) -> int:
        """How many would have it completed."""
        return self.of - self.accepted

    @property
    def between(self) -> int | None:
        """Hundredths of a point between the lowest and the highest."""
        return None if self.least is None or self.most is None else self.most - self.least


def spread(said: Sequence[Said], *, apart: int) -> Spread:
    """Numbers are far apart from `apart` on, as in the round: there a third would decide."""
    points = [one.points for one in said if one.points is not None]
    graded = Counter(one.grade for one in said if one.grade is not None)
    return Spread(
        of=len(said),
        accepted=sum(one.outcome is Outcome.ACCEPT for one in said),
        grades=tuple((grade, graded[grade]) for grade in reversed(SCALE) if graded[grade]),
        least=min(points, default=None),
        most=max(points, default=None),
        agreement=_agreement(said, points, apart) if len(said) > 1 else None,
    )


def _agreement(said: Sequence[Said], points: Sequence[int], apart: int) -> Agreement:
    if points:
        between = max(points) - min(points)
        return _word(between, near=0 < between < apart)
    steps = [_step(one) for one in said]
    between = max(steps) - min(steps)
    banded = any(one.grade for one in said)
    return _word(between, near=banded and between == 1)


def _word(between: int, *, near: bool) -> Agreement:
    if not between:
        return Agreement.ALIKE
    return Agreement.NEAR if near else Agreement.APART


def _step(one: Said) -> int:
    """Where it stands: to be completed, accepted, and the bands upward."""
    if one.outcome is Outcome.RETURN:
        return 0
    return 1 + (SCALE.index(one.grade) if one.grade else 0)
