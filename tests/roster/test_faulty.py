"""Rows with errors come back as a workbook that can be corrected and imported again."""

from datetime import date

from studyhub.roster import columns, sheets
from studyhub.roster.columns import Column
from studyhub.roster.faulty import workbook
from tests.roster.lists import sheet_of
from tests.roster.makers import HEADER, person


def test_only_the_rows_with_errors_with_the_error_in_a_last_column() -> None:
    sheet = sheet_of(
        person("Một"),
        person("=1+1", date(1975, 9, 5), 52374942),
    )

    again = sheets.read(workbook(sheet, {5: "Họ và tên: …"}, heading="What is wrong"))

    assert again.header == (*HEADER, "What is wrong")
    assert len(again.rows) == 1
    cells = again.rows[0][1]
    assert cells[:3] == ["=1+1", date(1975, 9, 5), 52374942]
    assert cells[-1] == "Họ và tên: …"
    assert columns.recognise(again.header)[Column.NAME] == 0


def test_a_file_that_comes_from_us_gets_no_second_column_of_errors() -> None:
    first = sheets.read(workbook(sheet_of(person("Một")), {4: "Sai"}, heading="What is wrong"))

    again = sheets.read(workbook(first, {2: "Vẫn sai"}, heading="What is wrong"))

    assert again.header == (*HEADER, "What is wrong")
    assert again.rows[0][1][-1] == "Vẫn sai"
