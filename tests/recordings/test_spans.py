"""The union of the stretches, against a set that holds every tick of time."""

from hypothesis import given
from hypothesis import strategies as st

from studyhub.recordings.spans import CLOSE, Spans, grown, missing, total, union

TICK = CLOSE + 1
"""Stretches between ticks are apart, so that the model needs no tolerance."""

LENGTH = 60
DURATION = LENGTH * TICK

stretch = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).filter(
    lambda s: s[0] < s[1]
)
stretches = st.lists(stretch, max_size=12)


def _told(ticks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(begins * TICK, ends * TICK) for begins, ends in ticks]


def _ticks(ticks: list[tuple[int, int]]) -> set[int]:
    return {tick for begins, ends in ticks for tick in range(begins, ends)}


def _is_tidy(spans: Spans) -> bool:
    edges = [edge for span in spans for edge in span]
    return edges == sorted(set(edges)) and all(0 <= edge <= DURATION for edge in edges)


@given(stretches)
def test_the_union_is_what_was_played_and_nothing_else(ticks: list[tuple[int, int]]) -> None:
    spans = union(_told(ticks), DURATION)

    assert _is_tidy(spans)
    assert total(spans) == TICK * len(_ticks(ticks))


@given(stretches, stretches)
def test_the_order_and_the_repeats_do_not_matter(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    at_once = union(_told(one + other), DURATION)

    assert union([*union(_told(other), DURATION), *_told(one), *_told(one)], DURATION) == at_once
    assert union(at_once, DURATION) == at_once


@given(stretches)
def test_what_is_missing_is_the_rest(ticks: list[tuple[int, int]]) -> None:
    spans = union(_told(ticks), DURATION)
    rest = missing(spans, DURATION)

    assert total(spans) + total(rest) == DURATION
    assert union([*spans, *rest], DURATION) == [[0, DURATION]]


@given(stretches, stretches, st.integers(0, DURATION))
def test_it_never_grows_by_more_than_is_allowed(
    kept: list[tuple[int, int]], told: list[tuple[int, int]], most: int
) -> None:
    before = union(_told(kept), DURATION)
    after = grown(before, _told(told), DURATION, most=most)
    wanted = union(_told(kept + told), DURATION)

    assert _is_tidy(after)
    assert total(before) <= total(after) <= min(total(before) + most, total(wanted))
    if total(wanted) - total(before) <= most:
        assert after == wanted


def test_gaps_too_short_to_be_seen_are_closed() -> None:
    told = [(200, 10_000), (10_000 + CLOSE, 59_700)]

    assert union(told, 60_000) == [[0, 60_000]]
    assert union([(0, 10_000), (10_001 + CLOSE, 20_000)], 60_000) == [
        [0, 10_000], [10_001 + CLOSE, 20_000],
    ]  # fmt: skip


def test_what_is_no_stretch_of_the_recording_is_nothing() -> None:
    assert union([(5, 5), (9_000, 3_000), (-4_000, 2_000), (70_000, 80_000)], 60_000) == []
