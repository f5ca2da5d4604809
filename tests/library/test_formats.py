"""The same document in every format comes out as the same outline."""

from collections.abc import Callable

import pytest
from docx import Document

from studyhub.library import formats
from studyhub.library.errors import Unreadable
from studyhub.library.old_letters import VNI
from studyhub.library.outline import Outline, parse
from tests.library import makers

TEXT = "I. MỤC TIÊU\n1. Nâng cao nhận thức về chuyển đổi số trong Đảng bộ\n"
TCVN3 = "NghÞ quyÕt vÒ ph¸t triÓn khoa häc, c«ng nghÖ vµ chuyÓn ®æi sè quèc gia"
VNI_TEXT = "Nghò quyeát veà phaùt trieån khoa hoïc, coâng ngheä vaø chuyeån ñoåi soá quoác gia"


@pytest.mark.parametrize("make", [makers.word, makers.word_numbered, makers.pdf])
def test_word_and_pdf_give_the_outline_of_the_text(
    make: Callable[[list[str]], bytes], lines: list[str], outline: Outline
) -> None:
    read = parse(formats.read(make(lines), "nghi-quyet"))

    assert read.parts == outline.parts
    assert read.front == outline.front


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_every_form_of_unicode(encoding: str) -> None:
    assert formats.read(TEXT.encode(encoding), "van-ban.txt").strip() == TEXT.strip()


def test_text_in_the_encoding_of_vietnamese_windows() -> None:
    data = "Đảng bộ".encode("cp1258", errors="ignore") + b" \xf0\xcc v\xe2n"

    assert formats.read(data, "van-ban.txt").startswith("Đ")


def test_tcvn3_letters_become_unicode() -> None:
    read = formats.read(TCVN3.encode("latin-1"), "van-ban.txt")

    assert read == "Nghị quyết về phát triển khoa học, công nghệ và chuyển đổi số quốc gia"


def test_tcvn3_letters_in_a_word_file_become_unicode() -> None:
    assert formats.read(makers.word([TCVN3]), "van-ban.docx").startswith("Nghị quyết về")


def test_vni_letters_are_refused_with_advice() -> None:
    with pytest.raises(Unreadable, match="VNI") as refusal:
        formats.read(VNI_TEXT.encode("latin-1"), "van-ban.txt")

    assert refusal.value.message == VNI


def test_unicode_text_is_left_alone(resolution: str) -> None:
    assert formats.read(resolution.encode(), "a.md") == resolution


def test_a_table_becomes_lines_and_a_letterhead_its_cells() -> None:
    document = Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "ĐẢNG ỦY SỞ\n*\nSố 01-KL/ĐU"
    head.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 1 tháng 2 năm 2026"
    table = document.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ["1", "Học tập", "Chi bộ 1"], strict=True):
        cell.text = text

    lines = formats.read(makers.saved(document), "a.docx").splitlines()

    assert lines[2] == "Số 01-KL/ĐU"
    assert lines[-1] == "1 | Học tập | Chi bộ 1"


def test_words_own_headings_are_headings() -> None:
    document = Document()
    document.add_heading("Kết quả", 1)
    document.add_heading("Học tập", 2)
    document.add_paragraph("Một đoạn.")

    parts = parse(formats.read(makers.saved(document), "a.docx")).parts

    assert [(part.level, part.title) for part in parts] == [(1, "Kết quả"), (2, "Học tập")]
