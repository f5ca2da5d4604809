"""Who has what everybody has: in a province there is always somebody who has a few words of it."""

from array import array

from studyhub.similarity.kinship import Sharing
from studyhub.similarity.seeds import Placed

SOURCE, STRANGER = 1, 2
PASSAGE: list[Placed] = [(3 * n, 3 * n + 3, 100 + n) for n in range(3)]
LIVE = range(100)


def sharing(**texts: list[int]) -> Sharing:
    """Who has the first, second and third seed of the passage."""
    return Sharing(PASSAGE, {int(seed[1:]): array("Q", who) for seed, who in texts.items()})


def test_a_source_is_no_stranger_to_its_own_words() -> None:
    """However little of them is left that it could be known by as kin."""
    shared = sharing(_100=[SOURCE], _101=[SOURCE], _102=[SOURCE])

    assert SOURCE not in shared.kin
    assert not shared.is_customary(0, 9, LIVE, SOURCE)


def test_what_others_have_too_is_customary() -> None:
    shared = sharing(_100=[SOURCE, STRANGER], _101=[SOURCE, STRANGER], _102=[SOURCE, STRANGER])

    assert shared.is_customary(0, 9, LIVE, SOURCE)
    assert not shared.is_customary(0, 9, LIVE, SOURCE, 2)
