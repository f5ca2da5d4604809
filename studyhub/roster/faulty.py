"""The rows that were not taken over, as a workbook to be corrected and imported again."""

import io
from collections.abc import Mapping
from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from studyhub.roster.columns import plain
from studyhub.roster.sheets import Cell, Sheet

WIDTH, WIDE = 18, 60


def workbook(sheet: Sheet, sentences: Mapping[int, str], *, heading: str) -> bytes:
    """The header and the rows of `sentences` (row number → what is wrong), that in a last column.

    Texts stay texts, also those that look like a formula or a number.
    """
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet()
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    last = _last_column(sheet, heading)
    page.set_column(0, last, WIDTH)
    page.set_column(last, last, WIDE)
    for place, name in enumerate((*sheet.header[:last], heading)):
        page.write_string(0, last if name == heading else place, name, bold)
    rows = [(number, cells) for number, cells in sheet.rows if number in sentences]
    for line, (number, cells) in enumerate(rows, start=1):
        for place, cell in enumerate(cells[:last]):
            _write(page, line, place, cell, day)
        page.write_string(line, last, sentences[number])
    page.freeze_panes(1, 0)
    book.close()
    return kept.getvalue()


def _last_column(sheet: Sheet, heading: str) -> int:
    """Past every column, unless the file comes from us and has its column of faults already."""
    if sheet.header and plain(sheet.header[-1]) == plain(heading):
        return len(sheet.header) - 1
    return max(len(sheet.header), *(len(cells) for _, cells in sheet.rows))


def _write(page: Worksheet, line: int, place: int, cell: Cell, day: object) -> None:
    if isinstance(cell, date):
        page.write_datetime(line, place, cell, day)
    elif isinstance(cell, str):
        page.write_string(line, place, cell)
    else:
        page.write_number(line, place, cell)
