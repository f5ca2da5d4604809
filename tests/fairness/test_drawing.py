"""The draw: the same each time, as the page says it, and fair."""

from hypothesis import given
from hypothesis import strategies as st

from studyhub.fairness.drawing import drawn, in_order, new_seed, places, share_of

SEEDS = st.integers(100_000, 999_999)


@given(of=st.integers(1, 400), number=st.integers(1, 400), seed=SEEDS)
def test_as_many_as_wanted_each_once_and_on_the_list(of: int, number: int, seed: int) -> None:
    found = places(of, min(number, of), seed)

    assert len(found) == len({*found}) == min(number, of)
    assert all(1 <= place <= of for place in found)


@given(of=st.integers(1, 60), number=st.integers(1, 60))
def test_over_all_seeds_every_place_is_drawn_equally_often(of: int, number: int) -> None:
    number = min(number, of)
    hits = [0] * of
    for seed in range(100_000, 100_000 + of):
        for place in places(of, number, seed):
            hits[place - 1] += 1

    assert {*hits} == {number}


def test_by_hand() -> None:
    # S = 123456, N = 10, n = 3: 123456 mod 10 = 6 → place 7; +3 → 123459 mod 10 = 9 → place 10;
    # +6 → 123462 mod 10 = 2 → place 3
    assert places(10, 3, 123_456) == [7, 10, 3]
    assert drawn("jihgfedcba", 3, 123_456) == ["g", "j", "c"]


@given(codes=st.sets(st.text("ABC123", min_size=1), min_size=1), seed=SEEDS)
def test_the_order_in_which_the_codes_come_does_not_matter(codes: set[str], seed: int) -> None:
    forth, back = sorted(codes), sorted(codes, reverse=True)

    assert drawn(forth, 3, seed) == drawn(back, 3, seed)
    assert in_order(back) == forth


def test_a_share_is_rounded_up() -> None:
    assert [share_of(of, 10) for of in (1, 10, 11, 24, 2500)] == [1, 1, 2, 3, 250]
    assert share_of(7, 100) == 7


def test_the_seed_has_six_figures() -> None:
    assert all(len(str(new_seed())) == 6 for _ in range(50))
