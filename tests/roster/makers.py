"""Makes the files that people bring: workbooks of every kind, honest and hostile."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

HEADER = ("Họ và tên (*)", "Sinh ngày (*)", "Số thẻ Đảng (*)", "Tổ chức Đảng đang sinh hoạt (*)",
          "Chức vụ Đảng", "Ngày vào Đảng (*)", "Ngày chính thức (*)", "Trạng thái hoạt động (*)",
          "Ngày rời/mất/miễn", "Thư điện tử", "Điện thoại")  # fmt: skip
OFFICE, INSPECTION = "Chi bộ Văn phòng", "Chi bộ Thanh tra"
OLD = Path(__file__).with_name("old.xls")


def person(
    name: str = "Đặng Văn Mới",
    born: object = "05/09/1975",
    card: object = "000012345678",
    cell: str = OFFICE,
    **more: object,
) -> list[object]:
    """A row under HEADER."""
    row = [name, born, card, cell, more.get("post", "Đảng viên"), more.get("admitted", ""),
           more.get("official", "22/08/2010"), more.get("status", "Đang sinh hoạt Đảng"),
           more.get("status_on", ""), more.get("email", ""), more.get("phone", "")]  # fmt: skip
    return list(row)


def xlsx(rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, above: int = 2) -> bytes:
    """A workbook with its header in the row after `above` others."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("Danh sách")
    page.write_string(0, 0, "DANH SÁCH ĐẢNG VIÊN")
    for at, row in enumerate([header, *rows], start=above):
        for place, value in enumerate(row):
            _write(page, at, place, value, day)
    book.close()
    return kept.getvalue()


def beside(rows: Sequence[Sequence[object]], *names: str) -> bytes:
    """A workbook whose list stands between other sheets with something in them, and empty ones."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    for name in (names[0], "Trống", "Danh sách", *names[1:]):
        page = book.add_worksheet(name)
        if name == "Danh sách":
            for at, row in enumerate([HEADER, *rows]):
                page.write_row(at, 0, row)
        elif name != "Trống":
            page.write_row(0, 0, ["Cách ghi", "Họ và tên"])
    book.close()
    return kept.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet, at: int, place: int, value: object, day: object
) -> None:
    if isinstance(value, date):
        page.write_datetime(at, place, value, day)
    elif isinstance(value, str):
        page.write_string(at, place, value)
    else:
        page.write(at, place, value)


def csv(rows: Sequence[Sequence[object]], separator: str = ",") -> str:
    """The same as text."""
    lines = [HEADER, *rows]
    return "\r\n".join(separator.join(f'"{value}"' for value in row) for row in lines)


def ods(rows: Sequence[Sequence[object]]) -> bytes:
    """The least OpenDocument spreadsheet there is."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{value}</text:p></table:table-cell>"
            for value in row
        )
        + "</table:table-row>"
        for row in [HEADER, *rows]
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="T">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "META-INF/manifest.xml": "<m/>", "content.xml": content})


def packed(files: dict[str, str]) -> bytes:
    """A zip file."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return kept.getvalue()


def changed(data: bytes, name: str, text: str) -> bytes:
    """A workbook with one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {entry: archive.read(entry).decode() for entry in archive.namelist()}
    return packed({**files, name: text})
