"""Words are found without marks, and shown where they stand."""

import pytest

from studyhub.kernel.vietnamese import nfc
from studyhub.library import finding


@pytest.mark.parametrize("words", ["chuyển đổi", "chuyen doi", "CHUYEN  DOI", "Chuyê\u0309n đổi"])
def test_words_are_found_without_minding_marks_or_capitals(words: str) -> None:
    text = "Về Chuyển đổi số và CHUYỂN ĐỔI xanh"

    assert [text[start:end] for start, end in finding.spans(text, words)] == [
        "Chuyển đổi",
        "CHUYỂN ĐỔI",
    ]


def test_letters_that_fold_into_several_do_not_shift_the_place() -> None:
    text = "Straße của Đảng"

    assert [text[start:end] for start, end in finding.spans(text, "dang")] == ["Đảng"]


def test_decomposed_text_is_marked_whole() -> None:
    text = "Đa\u0309ng bộ"

    assert [nfc(text[start:end]) for start, end in finding.spans(text, "dang bo")] == ["Đảng bộ"]


def test_what_stands_nowhere_is_not_found() -> None:
    assert finding.count("Chuyển đổi số", "kinh tế") == 0
    assert finding.count("Chuyển đổi số", "") == 0


def test_a_single_letter_is_not_worth_finding() -> None:
    assert not finding.is_worth_finding(" a ")
    assert finding.is_worth_finding("số")


def test_an_excerpt_is_cut_between_words() -> None:
    text = " ".join(["trước"] * 40 + ["chuyển", "đổi"] + ["sau"] * 40)

    excerpt = finding.excerpt(text, "chuyen doi")

    assert excerpt.startswith("…trước ")
    assert " chuyển đổi " in excerpt
    assert excerpt.endswith(" sau…")
    assert len(excerpt) < 180
