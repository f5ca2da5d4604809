"""An outline written as text and read again is the same outline; a person's marks are obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyhub.library import notation, outline
from studyhub.library.notation import Passage
from studyhub.library.outline import Part

LINES = st.text("abcđêIVX1.)#- ", min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
TEXTS = st.lists(LINES.filter(bool), max_size=12).map("\n".join)

RESOLUTION = """NGHỊ QUYẾT
về chuyển đổi số
Mở đầu.
Chương I
Quy định chung
I. TÌNH HÌNH
1. Việc thứ nhất đã làm xong, và việc ấy được nhân dân hoan nghênh;
a) Một là.
b) Hai là.
2. Việc thứ hai
II. QUAN ĐIỂM
# không phải mục mà là lời văn
Nơi nhận:
- Như trên."""


def facts(parts: tuple[Part, ...]) -> list[tuple[object, ...]]:
    return [(part.level, part.number, part.title, part.paragraphs) for part in parts]


def said(parts: tuple[Part, ...]) -> list[str]:
    """Every word, in order."""
    return " ".join(
        text for part in parts for text in (part.number, part.title, *part.paragraphs)
    ).split()


def test_what_is_written_reads_back_the_same() -> None:
    parts = outline.parse(RESOLUTION).parts

    assert facts(notation.read(notation.write(parts))) == facts(parts)


@given(TEXTS)
def test_nothing_is_lost_whatever_the_text(text: str) -> None:
    parts = outline.parse(text).parts

    assert said(notation.read(notation.write(parts))) == said(parts)


@given(TEXTS)
def test_writing_settles_after_one_reading(text: str) -> None:
    once = notation.write(notation.read(notation.write(outline.parse(text).parts)))

    assert notation.write(notation.read(once)) == once


def test_taking_a_mark_away_makes_a_paragraph() -> None:
    parts = notation.read("# I. Một\nLời.\n\n2. Không phải mục.")

    assert facts(parts) == [(1, "I.", "Một", ("Lời.", "2. Không phải mục."))]


def test_marks_alone_say_how_deep() -> None:
    parts = notation.read("#I. Một\n### a) Hai\n## 1. Ba")

    assert [(part.level, part.number) for part in parts] == [(1, "I."), (3, "a)"), (2, "1.")]


def test_a_text_without_marks_is_recognised() -> None:
    parts = notation.read("I. Một\nLời.\nII. Hai\nLời.")

    assert [part.number for part in parts] == ["I.", "II."]


def test_addresses_say_the_numbers_above_and_are_unique() -> None:
    parts = notation.read("# I. Một\n## 1. A\n### đ) B\n## 1. C\n# Phụ lục")

    assert [part.anchor for part in parts] == ["i", "i-1", "i-1-dd", "i-1~2", "phu-luc"]


@pytest.mark.parametrize("text", ["", "  \n \n"])
def test_nothing_has_no_parts(text: str) -> None:
    assert notation.read(text) == ()


def test_a_long_marked_title_stays_a_title() -> None:
    title = " ".join(["lời"] * 70)
    part: Passage = Part(2, "", title, ("Đoạn.",), "")

    assert facts(notation.read(notation.write([part]))) == [(2, "", title, ("Đoạn.",))]
