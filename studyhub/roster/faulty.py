"""The rows that were not taken over, as a workbook to be corrected and imported again."""

import io
from collections.abc import Callable, Mapping
from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from studyhub.kernel.words import N_
from studyhub.roster.columns import NAMES, plain
from studyhub.roster.outcome import Outcome
from studyhub.roster.progress import Note, Stage, unheard
from studyhub.roster.sheets import Cell, Sheet

WIDTH, WIDE = 18, 60
WRONG = N_("What is wrong")

Speech = Callable[..., str]
"""A sentence in the language of whoever reads it: the message, and by name its values."""


def faulty_rows(
    sheet: Sheet, outcome: Outcome, *, speech: Speech, note: Note = unheard
) -> bytes | None:
    """The rows that cannot be taken over, as a workbook; None when there are none."""
    told = _sentences(outcome, speech)
    return workbook(sheet, told, heading=speech(WRONG), note=note) if told else None


def _sentences(outcome: Outcome, speech: Speech) -> dict[int, str]:
    """Every faulty row with everything that is wrong with it."""
    header, told = outcome.table.header, dict[int, list[str]]()
    for fault in outcome.plan.faults if outcome.plan else []:
        place = outcome.columns.get(fault.column, len(header))
        name = header[place] if place < len(header) else speech(NAMES[fault.column])
        sentence = f"{name}: {speech(fault.why.message, **fault.why.values)}"
        told.setdefault(fault.row, []).append(sentence)
    return {row: " ".join(sentences) for row, sentences in told.items()}


def workbook(
    sheet: Sheet, sentences: Mapping[int, str], *, heading: str, note: Note = unheard
) -> bytes:
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
        note(Stage.FILING, line, len(rows))
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
