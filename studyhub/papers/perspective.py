"""Four corners, and the way from one four to another. Pure."""

import math
from collections.abc import Sequence

Point = tuple[float, float]


def lengths(corners: Sequence[Point]) -> tuple[float, float, float, float]:
    """Of the sides: top, right, bottom, left."""
    first, second, third, fourth = corners
    return (
        math.dist(first, second),
        math.dist(second, third),
        math.dist(third, fourth),
        math.dist(fourth, first),
    )


def area(corners: Sequence[Point]) -> float:
    """In dots."""
    turned = [*corners[1:], corners[0]]
    pairs = zip(corners, turned, strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def perspective(target: Sequence[Point], source: Sequence[Point]) -> list[float]:
    """The eight numbers that carry the target to the source."""
    rows = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Gauss, with the largest number first."""
    for at in range(len(rows)):
        best = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [number / rows[at][at] for number in rows[at]]
        for row, numbers in enumerate(rows):
            if row != at:
                factor = numbers[at]
                rows[row] = [a - factor * b for a, b in zip(numbers, rows[at], strict=True)]
    return [row[-1] for row in rows]
