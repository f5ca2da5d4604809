"""Names sort, fold and count the Vietnamese way."""

import pytest

from studyhub.kernel.vietnamese import count_syllables, fold, nfc, sort_key, tidy


def test_persons_sort_by_given_name_then_by_the_rest_in_vietnamese_order() -> None:
    in_order = [
        "Nguyễn Văn An",
        "Trần Văn An",
        "Lê Thị Ánh",
        "Lê Thị Ân",
        "Phạm Bá Dũng",
        "Hồ Thị Đào",
        "Lê Văn Đạt",
        "Vũ Thị Hoa",
        "Vũ Thị Hòa",
        "Bùi Ý",
    ]

    shuffled = in_order[::2] + in_order[1::2]

    assert sorted(shuffled, key=sort_key) == in_order


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Đặng Thị Kim Huệ", "dang thi kim hue"), ("ĐÀO", "dao"), ("nguye\u0302\u0303n", "nguyen")],
)
def test_searching_needs_no_marks(typed: str, found: str) -> None:
    assert fold(typed) == found


def test_composed_and_decomposed_are_one() -> None:
    assert nfc("Nguye\u0302\u0303n") == "Nguyễn"
    assert tidy("  Nguye\u0302\u0303n   Văn \n An ") == "Nguyễn Văn An"


def test_syllables_are_what_white_space_separates() -> None:
    assert count_syllables("  Học tập,\n\nquán triệt – nghị quyết.  ") == 7
    assert count_syllables("") == 0


def test_the_empty_name_has_a_key() -> None:
    assert sort_key("") == sort_key("")
