"""A workbook goes out and comes back as it was; faults are said by row."""

import io

import pytest
import xlsxwriter

from studyhub.kernel.errors import Unfit
from studyhub.quiz import rules, sandbox, sheet
from studyhub.quiz.rules import Content, Kind
from studyhub.quiz.workbook import EXAMPLES, template, workbook
from tests.quiz.questions import content


def table(*rows: tuple[object, ...]) -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet()
    for line, row in enumerate(rows):
        page.write_row(line, 0, row)
    book.close()
    return kept.getvalue()


def test_what_is_exported_comes_back_the_same() -> None:
    kept = [content(number, kind) for number, kind in enumerate(Kind)]
    kept.append(content(9, text="=1+1", options=("=A1", "+2", "@x", "-3", "5"), key=(4,)))

    found = sandbox.read_safely(workbook(kept), "ngan-hang.xlsx")

    assert [one.faults for one in found] == [[]] * len(kept)
    assert [_said(one.content) for one in found] == [_said(one) for one in kept]


def test_the_template_can_be_taken_over_as_it_is() -> None:
    found = sandbox.read_safely(template(), "mau.xlsx")

    assert [one.content.kind for one in found] == [one.kind for one in EXAMPLES]
    assert not any(one.faults for one in found)


def test_other_words_over_the_columns_are_understood() -> None:
    data = table(
        ("TT", "Nội dung câu hỏi", "Phương án A", "Phương án B", "Đáp án đúng"),
        (1, "Một?", "x", "y", "b"),
        (2, "Hai?", "x", "y", "2"),
        (3, "Ba?", "", "", "Sai"),
    )

    one, two, three = sandbox.read_safely(data, "x.xlsx")

    assert (one.content.key, two.content.key) == ((1,), (1,))
    assert (three.content.kind, three.content.key) == (Kind.TRUTH, (1,))


def test_faults_are_told_by_the_row_of_the_file() -> None:
    data = table(
        ("Câu hỏi", "Loại", "A", "B", "Đáp án"),
        ("Một?", "tự luận", "x", "y", "A"),
        ("Hai?", "", "x", "x", "A"),
    )

    one, two = sandbox.read_safely(data, "x.xlsx")

    assert (one.place, one.faults) == ("2", [sheet.NO_KIND])
    assert (two.place, two.faults) == ("3", [rules.SAME_OPTION])


def test_a_table_of_something_else_is_refused() -> None:
    data = table(("Họ và tên", "Năm sinh"), ("Nguyễn Văn An", 1980))

    with pytest.raises(Unfit):
        sandbox.read_safely(data, "x.xlsx")


def _said(one: Content) -> tuple[object, ...]:
    key = () if one.kind is Kind.ORDER else one.key
    return one.kind, one.text, one.options, key, one.explanation, one.part
