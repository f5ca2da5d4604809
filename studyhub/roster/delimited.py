"""Rows of a .csv file, in whichever of the usual encodings and with whichever separator."""

import codecs
import csv
import io
from collections.abc import Iterator

from studyhub.kernel.words import N_
from studyhub.roster.errors import Unreadable

SEPARATORS = ",;\t|"
LOOKED_AT = 20

UNKNOWN_LETTERS = N_(
    "The letters of this file are kept in a way that is not known. Open it in Excel, save it "
    "as .xlsx, and choose that file."
)
BROKEN_ROWS = N_("The rows of this .csv file cannot be told apart. Save the list as .xlsx.")


def rows(data: bytes) -> Iterator[list[str]]:
    """Row by row, every value as text."""
    text = decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        yield []  # Excel's own hint; kept as an empty row, so that row numbers stay right
        separator, text = first.strip()[4], rest
    else:
        separator = _separator(text)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unreadable(BROKEN_ROWS) from error


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, else Windows-1258."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as(data, "utf-16")
    if b"\x00" in data[:400]:
        return _as(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as(data, "cp1258")


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(UNKNOWN_LETTERS) from error


def _separator(text: str) -> str:
    """The one that parts most of the first rows into most columns."""
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    return max(SEPARATORS, key=lambda mark: sum(line.count(mark) for line in lines))
