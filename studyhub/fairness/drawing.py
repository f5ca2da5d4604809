"""Which essays of a list are read again: drawn so that anybody can draw them once more. Pure.

    1. Write down the codes of all essays in the order of their letters and figures, and
       number them from 1 to N.
    2. The seed S is a number of six figures, drawn by the machine at the moment of drawing.
    3. To draw n of them: the first is the one at place (S mod N) + 1, that is: divide the
       seed by N; the remainder, plus one.
    4. The next stand N/n places further each: for i = 1, 2, … n-1 the place is
       ((S + i·N div n) mod N) + 1, where «i·N div n» is i times N divided by n without its
       remainder. Behind the last place one goes on at the first.

Every essay is as likely to be drawn as any other (n in N), because the codes are given by
chance when essays are handed in; the seed alone decides, and nobody chooses it.
"""

import secrets
from collections.abc import Iterable, Sequence

LOWEST, SEEDS = 100_000, 900_000


def new_seed() -> int:
    """Six figures, by chance."""
    return LOWEST + secrets.randbelow(SEEDS)


def in_order(codes: Iterable[str]) -> list[str]:
    """The list from which is drawn."""
    return sorted(codes)


def places(of: int, number: int, seed: int) -> list[int]:
    """The places that are drawn, counted from 1, in the order in which they are drawn."""
    return [(seed + step * of // number) % of + 1 for step in range(min(number, of))]


def drawn(codes: Sequence[str], number: int, seed: int) -> list[str]:
    """The codes that are drawn, in the order in which they are drawn."""
    listed = in_order(codes)
    return [listed[place - 1] for place in places(len(listed), min(number, len(listed)), seed)]


def share_of(of: int, percent: int) -> int:
    """So many are that share of them, rounded up: of a few at least one."""
    return -(-of * percent // 100)
