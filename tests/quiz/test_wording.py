"""Questions as people type them in Word become questions, with the key wherever it stands."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.text.run import Run

from studyhub.kernel.errors import Unfit
from studyhub.quiz import marked, rules, sandbox, wording
from studyhub.quiz.found import Found
from studyhub.quiz.rules import Kind


def read(text: str) -> list[Found]:
    return wording.read(marked.plain(text))


def docx(*paragraphs: str | list[tuple[str, str]]) -> bytes:
    """A Word file; a paragraph is a text, or pieces with their look: "b", "u", "h", ""."""
    document = Document()
    for paragraph in paragraphs:
        pieces = [(paragraph, "")] if isinstance(paragraph, str) else paragraph
        made = document.add_paragraph()
        for text, look in pieces:
            dress(made.add_run(text), look)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def dress(run: Run, look: str) -> None:
    run.bold = True if "b" in look else None
    run.underline = True if "u" in look else None
    if "h" in look:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


PLAIN = """
PHẦN I: Quan điểm
Câu 1. Nghị quyết nêu
mấy quan điểm?
A. Ba
B. Bốn
C. Năm
D. Sáu
Đáp án: C
Giải thích: Mục II
của nghị quyết.
Câu 2: Những ai phải học?
A) Đảng viên
B) Cán bộ
C) Khách
Đáp án: A, B
Phần II. Nhiệm vụ
Câu 3. Chi bộ họp hằng tháng.
Đáp án: Đúng
Câu 4. Sắp xếp các bước:
A. Viết
B. Đọc
C. Thảo luận
Đáp án: B - C - A
"""


def test_what_people_type_is_read_as_they_mean_it() -> None:
    one, two, three, four = read(PLAIN)

    assert one.content.text == "Nghị quyết nêu\nmấy quan điểm?"
    assert (one.content.options, one.content.key) == (("Ba", "Bốn", "Năm", "Sáu"), (2,))
    assert one.content.explanation == "Mục II\ncủa nghị quyết."
    assert (two.content.kind, two.content.key) == (Kind.MULTIPLE, (0, 1))
    assert (three.content.kind, three.content.key) == (Kind.TRUTH, (0,))
    assert (four.content.kind, four.content.options) == (Kind.ORDER, ("Đọc", "Thảo luận", "Viết"))
    assert [one.content.part, four.content.part] == ["Quan điểm", "Nhiệm vụ"]
    assert [found.faults for found in (one, two, three, four)] == [[], [], [], []]


def test_options_may_stand_side_by_side() -> None:
    (found,) = read("1. Chọn số lẻ\nA. 2 B. 3 C. 4 D. 6\nĐáp án: B")

    assert found.content.options == ("2", "3", "4", "6")


@pytest.mark.parametrize(
    "table",
    [
        "BẢNG ĐÁP ÁN\n1.B 2.A",
        "ĐÁP ÁN\n1-B; 2-A",
        "Đáp án:\nCâu | 1 | 2\nĐáp án | B | A",
        "Câu | Đáp án\n1 | B\n2 | A",
        "1 | B | 2 | A",
    ],
)
def test_the_key_may_stand_in_a_table_at_the_end(table: str) -> None:
    text = f"Câu 1. Một?\nA. x\nB. y\nCâu 2. Hai?\nA. x\nB. y\n{table}"

    assert [found.content.key for found in read(text)] == [(1,), (0,)]


def test_a_bare_number_inside_a_question_begins_no_other() -> None:
    (found,) = read("Câu 1. Xét hai ý:\n1. Ý một\n2. Ý hai\nA. x\nB. y\nĐáp án: A")

    assert found.content.text == "Xét hai ý:\n1. Ý một\n2. Ý hai"


def test_what_is_wrong_is_said_beside_each_question() -> None:
    one, two, three = read("1. Một?\nA. x\nB. y\n2. Hai?\nA. x\nB. y\nĐáp án: D\n3. Ba?\nA. x")

    assert one.faults == [rules.NO_KEY]
    assert two.faults == [rules.NO_SUCH_KEY]
    assert three.faults == [rules.FEW_OPTIONS]


@pytest.mark.parametrize("look", ["b", "u", "h"])
def test_the_option_that_stands_out_is_the_key(look: str) -> None:
    data = docx("Câu 1. Một?", "A. x", [("B. y", look)], "C. z")

    (found,) = sandbox.read_safely(data, "cau-hoi.docx")

    assert found.content.key == (1,)
    assert found.content.options == ("x", "y", "z")


def test_where_every_letter_is_bold_the_words_tell() -> None:
    data = docx(
        [("Câu 1. ", "b"), ("Một?", "")],
        [("A. ", "b"), ("sai", "")],
        [("B. ", "b"), ("đúng", "b")],
        [("C. ", "b"), ("sai nốt", "")],
    )

    assert sandbox.read_safely(data, "x.docx")[0].content.key == (1,)


def test_only_the_letter_may_be_underlined() -> None:
    data = docx("1. Một?", "A. x", [("B", "u"), (". y", "")], "C. z")

    assert sandbox.read_safely(data, "x.docx")[0].content.key == (1,)


def test_two_keys_that_differ_are_a_fault() -> None:
    data = docx("Câu 1. Một?", "A. x", [("B. y", "b")], "Đáp án: A")

    assert sandbox.read_safely(data, "x.docx")[0].faults == [wording.TWO_KEYS]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "x.docx"),
        (b"MZ" + bytes(100), "x.docx"),
        (b"PK\x03\x04" + bytes(100), "x.docx"),
        (b"PK\x03\x04" + bytes(100), "x.xlsx"),
        (b"Hello", "x.txt"),
        (docx("Chỉ là một đoạn văn."), "x.docx"),
        (docx("Câu 1. Một?"), "x.xlsx"),
    ],
)
def test_what_is_no_list_of_questions_is_refused_with_a_sentence(data: bytes, name: str) -> None:
    with pytest.raises(Unfit) as refusal:
        sandbox.read_safely(data, name)

    assert refusal.value.about == "file"
