"""A long document is cut where its parts begin."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studyhub.library.outline import Part
from studyhub.library.pages import TINY, Page, minutes_from, page_at, paged


def part(level: int, syllables: int, title: str = "") -> Part:
    return Part(level, "", title, (" ".join(["lời"] * syllables),), "")


SHAPES = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 1500)), min_size=1, max_size=40)


def firsts(pages: tuple[Page, ...]) -> list[int]:
    return [page.first for page in pages]


def test_a_short_document_is_one_page() -> None:
    assert paged([part(1, 900)] * 3) == (Page(0, 3, 2700),)


def test_a_document_without_text_is_one_empty_page() -> None:
    assert paged([]) == (Page(0, 0, 0),)


def test_the_outermost_parts_make_the_pages() -> None:
    assert firsts(paged([part(1, 1000), part(2, 500), part(1, 1200), part(1, 900)])) == [0, 2, 3]


def test_a_part_too_long_is_cut_at_its_own_parts() -> None:
    pages = paged([part(1, 800), part(1, 10), part(2, 1500), part(2, 1600), part(1, 900)])

    assert firsts(pages) == [0, 1, 3, 4]


def test_small_neighbours_share_a_page() -> None:
    assert firsts(paged([part(1, 300), part(1, 300), part(1, 2500)])) == [0, 2]


def test_a_heading_goes_with_what_it_heads() -> None:
    pages = paged([part(1, 200), part(1, 1, "II."), part(2, 1900), part(2, 1900)])

    assert firsts(pages) == [0, 1, 3]


def test_a_signature_does_not_stand_alone() -> None:
    assert firsts(paged([part(1, 2000), part(1, 1500), part(1, 30)])) == [0, 1]


@given(SHAPES)
def test_every_part_stands_on_one_page(shape: list[tuple[int, int]]) -> None:
    parts = [part(level, syllables) for level, syllables in shape]

    pages = paged(parts)

    assert pages[0].first == 0
    assert pages[-1].end == len(parts)
    assert all(before.end == after.first for before, after in pairwise(pages))
    assert sum(page.syllables for page in pages) == sum(size for _, size in shape)
    assert len(pages) == 1 or pages[-1].syllables >= TINY


def test_a_position_is_found_on_its_page_and_beyond_the_end_on_the_last() -> None:
    pages = (Page(0, 3, 900), Page(3, 5, 900))

    assert [page_at(pages, position) for position in (0, 2, 3, 4, 99)] == [0, 0, 1, 1, 1]


def test_the_time_to_read_is_never_nothing() -> None:
    assert minutes_from((Page(0, 1, 3),), 0) == 1
    assert minutes_from((Page(0, 1, 2200), Page(1, 2, 2200)), 1) == 10
