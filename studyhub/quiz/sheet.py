"""A table becomes questions, one in each row; and the columns that such a table has. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum

from studyhub.kernel.vietnamese import fold
from studyhub.kernel.words import N_
from studyhub.quiz.found import FALSE, TRUE, Found, content_of, letters_in, truth_in
from studyhub.quiz.rules import LETTERS, LONGEST_PART, Kind
from studyhub.roster.errors import Unreadable
from studyhub.roster.sheets import Cell, Sheet

NO_COLUMNS = N_(
    "This table has no column for the question or none for the options. Use the columns of the "
    "template: Câu hỏi, A, B, C, D, Đáp án."
)
NO_KIND = N_("The kind is not known. Write: một đáp án, nhiều đáp án, đúng sai or sắp xếp.")


class Column(StrEnum):
    """What a column holds, beside the options, which are called by their letters."""

    PART = "Chủ đề"
    KIND = "Loại"
    TEXT = "Câu hỏi"
    KEY = "Đáp án"
    WHY = "Giải thích"


HEADER = (Column.PART, Column.KIND, Column.TEXT, *LETTERS[:6], Column.KEY, Column.WHY)

KINDS: Mapping[Kind, str] = {
    Kind.SINGLE: "một đáp án",
    Kind.MULTIPLE: "nhiều đáp án",
    Kind.TRUTH: "đúng sai",
    Kind.ORDER: "sắp xếp",
}

_NAMES: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.KEY, re.compile(r"(?:dap an(?: dung)?|key|tra loi)$")),
    (Column.TEXT, re.compile(r"(?:noi dung )?cau hoi$|noi dung$|question$")),
    (Column.PART, re.compile(r"(?:chu de|chuyen de|phan|part|topic)$")),
    (Column.KIND, re.compile(r"(?:loai|loai cau hoi|dang|kind|type)$")),
    (Column.WHY, re.compile(r"(?:giai thich|loi giai|can cu|ghi chu|explanation)$")),
)
_OPTION = re.compile(r"(?:phuong an|lua chon|dap an|cau|option)?\s*([a-h])$")


def read(sheet: Sheet) -> list[Found]:
    """The questions of its rows, in their order."""
    columns, options = _columns(sheet.header)
    if Column.TEXT not in columns or (len(options) < 2 and Column.KEY not in columns):
        raise Unreadable(NO_COLUMNS)
    return [_found(str(number), row, columns, options) for number, row in sheet.rows]


def _columns(header: tuple[str, ...]) -> tuple[dict[Column, int], list[int]]:
    columns: dict[Column, int] = {}
    letters: dict[str, int] = {}
    for place, name in enumerate(header):
        folded = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(name)).split())
        option = _OPTION.match(folded)
        if option:
            letters.setdefault(option[1], place)
            continue
        for column, pattern in _NAMES:
            if pattern.match(folded):
                columns.setdefault(column, place)
                break
    return columns, [letters[letter] for letter in sorted(letters)]


def _found(place: str, row: list[Cell], columns: Mapping[Column, int], letters: list[int]) -> Found:
    said = {column: _cell(row, at) for column, at in columns.items()}
    options = [_cell(row, at) for at in letters]
    while options and not options[-1]:
        options.pop()
    kind, doubts = _kind(said.get(Column.KIND, ""))
    truth = truth_in(said.get(Column.KEY, ""))
    if truth is not None and not options:
        options = [TRUE, FALSE]
    key = [truth] if truth is not None else _key(said.get(Column.KEY, ""))
    content = content_of(
        said[Column.TEXT],
        options,
        key,
        kind=kind,
        explanation=said.get(Column.WHY, ""),
        part=said.get(Column.PART, "")[:LONGEST_PART],
    )
    return Found(place=place, content=content, doubts=doubts)


def _key(said: str) -> list[int]:
    """Letters, or numbers counted from 1."""
    if re.fullmatch(r"[\d\s,;]+", said):
        return [int(number) - 1 for number in re.findall(r"\d", said)]
    return letters_in(said)


def _kind(said: str) -> tuple[Kind | None, tuple[str, ...]]:
    if not said:
        return None, ()
    words = " ".join(re.sub(r"[^a-z]+", " ", fold(said)).split())
    for kind, name in KINDS.items():
        if words in {fold(name), kind.value}:
            return kind, ()
    return None, (NO_KIND,)


def _cell(row: list[Cell], at: int) -> str:
    return str(row[at]).strip() if at < len(row) else ""
