"""Whatever kind of file a list comes in, the same rows come out; hostile ones harm nothing."""

import io
from datetime import date

import pytest
import xlsxwriter

from studyhub.kernel.vietnamese import nfc
from studyhub.roster import columns, hazards, sandbox, sheets
from studyhub.roster.columns import Column
from studyhub.roster.errors import Unreadable
from tests.roster import makers

ROWS = [makers.person("Nguyễn Thị Hạnh"), makers.person("Lê Văn Tám", card="000099999999")]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    "data",
    [
        makers.xlsx(ROWS),
        makers.ods(ROWS),
        makers.csv(ROWS).encode(),
        makers.csv(ROWS, ";").encode("utf-8-sig"),
        makers.csv(ROWS, "\t").encode("utf-16"),
        makers.csv(ROWS).encode("utf-16-le"),
        ("sep=;\r\n" + makers.csv(ROWS, ";")).encode(),
    ],
    ids=["xlsx", "ods", "csv", "utf-8-sig", "utf-16", "utf-16 without mark", "sep="],
)
def test_every_kind_of_file_says_the_same(data: bytes) -> None:
    sheet = sandbox.read_safely(data)

    assert sheet.header == makers.HEADER
    assert [cells[0] for _, cells in sheet.rows] == ["Nguyễn Thị Hạnh", "Lê Văn Tám"]
    assert len(columns.recognise(sheet.header)) == len(Column)


def test_windows_1258_is_composed() -> None:
    text = makers.csv(ROWS)
    marks = {"ễ": "ê\u0303", "ị": "i\u0323", "ạ": "a\u0323"}
    spelled = "".join(marks.get(letter, letter) for letter in text)

    sheet = sandbox.read_safely(_as_1258(spelled))

    assert sheet.rows[0][1][0] == "Nguyễn Thị Hạnh"


def _as_1258(text: str) -> bytes:
    """As old Vietnamese Windows writes: vowel, then tone."""
    kept = b""
    for letter in text:
        try:
            kept += letter.encode("cp1258")
        except UnicodeEncodeError:
            kept += _in_two(letter)
    return kept


def _in_two(letter: str) -> bytes:
    for tone in "\u0300\u0309\u0303\u0301\u0323":
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY":
            if nfc(base + tone) == letter:
                return base.encode("cp1258") + tone.encode("cp1258")
    return b"?"


def test_an_old_workbook_is_read_with_its_days_and_numbers() -> None:
    sheet = sandbox.read_safely(makers.OLD.read_bytes())

    assert sheet.header[2] == "Số thẻ Đảng"
    assert sheet.rows[0] == (
        4,
        ["Nguyễn Thị Hạnh", date(1989, 4, 4), "000018311369", makers.OFFICE, date(2010, 8, 22)],
    )
    assert sheet.rows[1][1][2] == 52374942


@pytest.mark.parametrize("above", [1, 2, 7, 19])
def test_the_header_is_found_in_any_of_the_first_rows(above: int) -> None:
    sheet = sheets.read(makers.xlsx(ROWS, above=above))

    assert sheet.header == makers.HEADER
    assert [number for number, _ in sheet.rows] == [above + 2, above + 3]


def test_a_row_that_numbers_the_columns_is_no_row() -> None:
    counts = [f"({n})" for n in range(1, len(makers.HEADER) + 1)]

    sheet = sheets.read(makers.xlsx([counts, *ROWS]))

    assert len(sheet.rows) == 2


def test_sheets_that_are_not_read_are_named() -> None:
    sheet = sandbox.read_safely(makers.beside(ROWS, "Hướng dẫn", "Chi bộ khác"))

    assert sheet.name == "Danh sách"
    assert sheet.others == ("Hướng dẫn", "Chi bộ khác")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("HO VA TEN", Column.NAME),
        ("Họ, tên đảng viên*", Column.NAME),
        ("Ngày tháng năm sinh (dương lịch)", Column.BORN),
        ("Số thẻ đảng viên", Column.CARD),
        ("Tên chi bộ", Column.CELL),
        ("E-mail", Column.EMAIL),
    ],
)
def test_columns_are_known_by_their_names_however_written(name: str, column: Column) -> None:
    assert columns.recognise([name]) == {column: 0}


def test_other_names_and_issuing_days_are_not_taken_for_ours() -> None:
    assert columns.recognise(["Tên gọi khác", "Ngày cấp thẻ", "Số định danh cá nhân (*)"]) == {}


def test_the_value_of_a_formula_is_read_and_nothing_runs() -> None:
    sheet = sheets.read(makers.xlsx([makers.person("=HYPERLINK(1)"), makers.person("+cmd|calc")]))

    assert [cells[0] for _, cells in sheet.rows] == ["=HYPERLINK(1)", "+cmd|calc"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", hazards.EMPTY),
        (b"MZ\x90\x00" + bytes(100), hazards.PROGRAM),
        (b"%PDF-1.7", hazards.NOT_A_TABLE),
        (b"<html><table><tr><td>Ho ten", hazards.WEB_PAGE),
        (b"PK\x03\x04 and nothing more", hazards.DAMAGED),
        (makers.packed({"word/document.xml": "<w/>"}), hazards.NOT_A_TABLE),
        (makers.packed({"xl/workbook.xml": " " * 40_000_000}), hazards.PACKED),
        (hazards._OLE + "EncryptedPackage".encode("utf-16-le"), hazards.LOCKED),
        (hazards._OLE + "WordDocument".encode("utf-16-le"), hazards.NOT_A_TABLE),
        (b"Chi mot dong", sheets.NO_ROWS),
        (b"\xd2\xd2\xff\xd2,\xd2", None),
    ],
    ids="nothing program pdf page broken word bomb locked doc line noise".split(),
)
def test_what_is_no_list_is_refused_with_a_reason(data: bytes, message: str | None) -> None:
    with pytest.raises(Unreadable) as refused:
        sandbox.read_safely(data)

    assert message is None or refused.value.message == message


def test_entities_that_multiply_are_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet xmlns="{MAIN}">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData>'
        "</worksheet>"
    )

    _is_harmless(makers.changed(makers.xlsx(ROWS), SHEET, text))


def test_a_sheet_that_claims_to_be_endless_is_refused() -> None:
    cell = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'
    text = (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell.format("A1")}'
        f'</row><row r="1048576">{cell.format("XFD1048576")}</row></sheetData></worksheet>'
    )

    with pytest.raises(Unreadable):
        sandbox.read_safely(makers.changed(makers.xlsx(ROWS), SHEET, text))


def _is_harmless(data: bytes) -> None:
    try:
        sheet = sandbox.read_safely(data)
    except Unreadable:
        return
    assert sum(len(str(cell)) for _, cells in sheet.rows for cell in cells) < 1_000


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.001)

    with pytest.raises(Unreadable) as refused:
        sandbox.read_safely(makers.xlsx(ROWS))

    assert refused.value.message == sandbox.TOO_SLOW


def test_rows_have_the_numbers_of_the_spreadsheet_though_the_first_are_empty() -> None:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet()
    for at, row in enumerate([makers.HEADER, *ROWS], start=6):
        page.write_row(at, 1, row)
    book.close()

    sheet = sandbox.read_safely(kept.getvalue())

    assert sheet.spot.row == 7
    assert [number for number, _ in sheet.rows] == [8, 9]


def test_a_header_chosen_before_is_known_again_wherever_it_stands() -> None:
    header = ("TT", "Người", "Sinh", "Số")
    mark = columns.fingerprint(header)
    notes = [["Ghi chú", "a", "b", "c", "d"]] * 20
    data = makers.xlsx([*notes, header, ["1", "Nguyễn Thị Hạnh", "1975", "1"]], ("Sổ",), above=9)

    assert sheets.read(data).header != header
    again = sandbox.read_safely(data, known=[("0" * 64, "Danh sách"), (mark, "Danh sách 2025")])

    assert (again.header, again.spot, again.is_chosen) == (header, sheets.Spot(0, 31), True)
    assert [number for number, _ in again.rows] == [32]
    assert again == sheets.read(data, sheets.Spot(0, 31))


def test_of_two_sheets_with_such_a_header_it_is_the_one_of_the_same_name() -> None:
    data = makers.beside(ROWS, "Cũ", "Mới")
    mark = columns.fingerprint(("Cách ghi", "Họ và tên"))

    assert sheets.read(data).name == "Danh sách"
    assert sheets.read(data, known=[(mark, "Mới")]).name == "Mới"
    assert sheets.read(data, known=[(mark, "Khác")]).name == "Cũ"


def test_a_header_found_by_itself_is_not_taken_for_a_chosen_one() -> None:
    data = makers.xlsx(ROWS)
    found = sheets.read(data)

    assert not sheets.read(data, found.spot).is_chosen
    assert found.tops[0].rows[1].row == 3
    assert found.tops[0].rows[1].said.startswith("Họ và tên (*) · Sinh ngày (*)")
