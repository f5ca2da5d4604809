"""Drawing questions and shuffling them: everything follows from one seed. Pure.

The order is that of SHA-256 over the seed and the name of each thing, so that a
drawing can be done again at any time, on any machine, and explained to anybody.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

from studyhub.quiz.rules import Kind, fixed

T = TypeVar("T")


def shuffled(things: Sequence[T], seed: str) -> list[T]:
    """The things in an order that follows from the seed alone."""
    return sorted(things, key=lambda thing: _mark(seed, str(thing)))


def draw(
    pool: Mapping[str, Sequence[T]], wanted: Mapping[str, int], seed: str, *, mixes: bool
) -> list[T]:
    """So many of each part; part after part, or with `mixes` all of them mixed."""
    drawn = [
        thing
        for part in sorted(wanted)
        for thing in shuffled(pool.get(part, ()), f"{seed} draw")[: wanted[part]]
    ]
    return shuffled(drawn, f"{seed} mix") if mixes else drawn


def places(kind: Kind, options: Sequence[str], seed: str, *, mixes: bool) -> list[int]:
    """In which order the options are shown: places of the bank.

    True and false never change places; what is to be put in order never stands in order.
    """
    straight = list(range(len(options)))
    if kind is Kind.ORDER:
        mixed = shuffled(straight, seed)
        return mixed if mixed != straight else [*straight[1:], straight[0]]
    if kind is Kind.TRUTH or not mixes:
        return straight
    movable = len(options) - fixed(options)
    return [*shuffled(straight[:movable], seed), *straight[movable:]]


def _mark(seed: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed} {name}".encode()).digest()
