"""What a file says is laid into the parts of the essay, and no word is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyhub.papers.laying import heading_of, lay

TITLES = ["Nhận thức của bản thân", "Liên hệ thực tiễn", "Đề xuất, kiến nghị"]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Nhận thức của bản thân", 0),
        ("I. NHẬN THỨC CỦA BẢN THÂN", 0),
        ("1) Nhận thức của bản thân:", 0),
        ("Phần I: Nhận thức bản thân", 0),
        ("Câu 2. Liên hệ thực tiễn", 1),
        ("II- LIÊN HỆ THỰC TIỂN", 1),
        ("Câu 3", 2),
        ("Phần thứ hai", 1),
        ("PHẦN III", 2),
        ("3. Đề xuất và kiến nghị", 2),
        ("Tôi liên hệ thực tiễn ở cơ quan như sau.", None),
        ("Câu 9", None),
        ("1. Về kinh tế", None),
        ("", None),
    ],
)
def test_headings_are_recognised(line: str, part: int | None) -> None:
    assert heading_of(line, TITLES) == (part, "")


def test_text_on_the_line_of_its_heading_stays() -> None:
    assert heading_of("2. Liên hệ thực tiễn: ở cơ quan tôi.", TITLES) == (1, "ở cơ quan tôi.")


def test_a_file_is_laid_into_its_parts() -> None:
    lines = [
        "BÀI THU HOẠCH", "I. Nhận thức của bản thân", "Một.", "Hai.", "II. Liên hệ thực tiễn",
        "Ba.", "III. Đề xuất, kiến nghị", "Bốn.",
    ]  # fmt: skip

    assert lay(lines, TITLES) == ["BÀI THU HOẠCH\n\nMột.\n\nHai.", "Ba.", "Bốn."]


def test_without_headings_everything_goes_into_the_first_part() -> None:
    assert lay(["Một.", "Hai."], TITLES) == ["Một.\n\nHai.", "", ""]


def test_a_heading_that_comes_twice_is_text_the_second_time() -> None:
    lines = ["Liên hệ thực tiễn", "Một.", "Liên hệ thực tiễn", "Hai."]

    assert lay(lines, TITLES)[1] == "Một.\n\nLiên hệ thực tiễn\n\nHai."


@given(st.lists(st.sampled_from([*TITLES, "Một.", "Hai", "Câu 2", "Ba: bốn"]), max_size=20))
def test_nothing_is_lost_but_headings(lines: list[str]) -> None:
    kept = "\n\n".join(lay(lines, TITLES)).split("\n\n")

    for line in {*lines} - {*TITLES, "Câu 2"}:
        assert kept.count(line) == lines.count(line)
