"""The booklet on paper and for Word: every letter, nobody's markup, a table that leads."""

import io

import docx
import pypdfium2
import pytest

from studyhub.printing.booklet import Booklet, Group, Piece, booklet_docx, booklet_pdf
from studyhub.printing.facts import Part
from tests.printing.test_printing import ALPHABET, HOSTILE, opened, said, written


def booklet(text: str, rounds: int = 1, essays: int = 2) -> Booklet:
    pieces = [
        Piece(f"{at}. Bài của đồng chí Đỗ Ngọc {at}", "Chi bộ Ẩm thực", [Part("Nhận thức", [text])])
        for at in range(1, essays + 1)
    ]
    return Booklet(
        above="Đảng bộ tỉnh",
        unit="Đảng bộ Sở Mẫu",
        day="ngày 25 tháng 11 năm 2026",
        subject="Nghị quyết số 52-NQ/TW",
        about=["Gồm hai bài."],
        groups=[Group(f"Đợt {at}", pieces) for at in range(1, rounds + 1)],
    )


def test_every_vietnamese_letter_comes_out_as_it_went_in() -> None:
    made = booklet(ALPHABET)

    for text in (said(booklet_pdf(made)), written(booklet_docx(made))):
        assert " ".join(text.split()).count(ALPHABET) == 2


def test_no_word_is_markup() -> None:
    made = booklet(" ".join(HOSTILE))

    assert " ".join(" ".join(HOSTILE).split()) in said(booklet_pdf(made))
    assert " ".join(HOSTILE) in written(booklet_docx(made))


@pytest.mark.parametrize("rounds", [1, 2])
def test_the_contents_tell_the_page_of_each_essay(rounds: int) -> None:
    made = booklet_pdf(booklet("Một.", rounds))

    with opened(made) as document:
        assert document.is_tagged()
        first = " ".join(document[0].get_textpage().get_text_range().split())
        marked = [one.get_title() for one in document.get_toc(max_depth=5)]
    assert "MỤC LỤC 1. Bài" in first if rounds == 1 else "MỤC LỤC Đợt 1" in first
    assert "KỶ YẾU BÀI THU HOẠCH TỐT Nghị quyết số 52-NQ/TW" in first
    assert "2. Bài của đồng chí Đỗ Ngọc 2" in first
    assert any("Bài của đồng chí" in title for title in marked)
    assert _page_of(made, "1. Bài của đồng chí") == 2


def _page_of(made: bytes, words: str) -> int:
    """The first page behind the contents on which they stand, counted from one."""
    document = pypdfium2.PdfDocument(made)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return next(at for at, text in enumerate(texts, 1) if at > 1 and words in text)


def test_in_word_the_contents_lead_to_marks_that_are_there() -> None:
    root = docx.Document(io.BytesIO(booklet_docx(booklet("Một.", rounds=2)))).element
    named = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    links = [one.get(f"{named}anchor") for one in root.iter(f"{named}hyperlink")]
    marks = [one.get(f"{named}name") for one in root.iter(f"{named}bookmarkStart")]

    assert len(links) == 6
    assert links == marks
