"""Buckets: whatever is put in is found, and what is taken out has never been there."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from studyhub.similarity.postings import (
    FIRST,
    MOST,
    bucket_of,
    packed,
    parent_of,
    put_in,
    split,
    take_out,
    texts_of,
    unpacked,
)

SEEDS = st.integers(0, 2**32 - 1)
NUMBERS = st.integers(1, 2**24 - 1)


@given(st.lists(st.tuples(SEEDS.map(lambda seed: seed & ~255), NUMBERS), max_size=80, unique=True))
def test_what_is_put_in_is_found_and_can_be_taken_out(entries: list[tuple[int, int]]) -> None:
    bucket = array("Q")

    added = sum(put_in(seed, number, bucket) for seed, number in entries)

    assert added == len(entries) == len(bucket)
    assert all(number in texts_of(seed, bucket) for seed, number in entries)
    assert list(bucket) == sorted(bucket)
    assert list(unpacked(packed(bucket))) == list(bucket)
    assert sum(take_out(seed, number, bucket) for seed, number in entries) == added
    assert not bucket


def test_twice_the_same_is_once() -> None:
    bucket = array("Q")

    assert [put_in(7, 1, bucket), put_in(7, 1, bucket)] == [1, 0]
    assert take_out(7, 2, bucket) == 0


def test_a_seed_remembers_the_earliest_and_no_more_than_enough() -> None:
    bucket = array("Q")

    added = sum(put_in(7, number, bucket) for number in range(1, 2 * MOST))

    assert added == MOST
    assert list(texts_of(7, bucket)) == list(range(1, MOST + 1))


@given(st.lists(SEEDS, min_size=1, max_size=200), st.integers(FIRST, 4 * FIRST))
def test_splitting_one_bucket_after_the_other_keeps_every_seed_in_its_place(
    seeds: list[int], buckets: int
) -> None:
    kept = {number: array("Q") for number in range(FIRST)}
    for seed in seeds:
        put_in(seed, 1, kept[bucket_of(seed, FIRST)])

    for new in range(FIRST, buckets):
        old = parent_of(new)
        kept[old], kept[new] = split(kept[old], new, new + 1)

    assert all(list(texts_of(seed, kept[bucket_of(seed, buckets)])) == [1] for seed in seeds)
