"""The text of an old Word file (.doc, Word 97 to 2003): the pieces its table points at.

[MS-DOC] 2.4.1: the table stream says which stretches of the document stream are
text, in which order, and whether in one byte or two for a letter.
"""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from studyhub.library.errors import Unreadable
from studyhub.library.hazards import DAMAGED, LOCKED
from studyhub.papers.kinds import SAVE_AS_DOCX
from studyhub.papers.runs import Run

_MAGIC = 0xA5EC
_FIRST_OF_97 = 0xC1
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_ONE_BYTE = 0x40000000
_PARAGRAPHS = re.compile("[\r\x0c\x0e]")
_SIGNS = {0x07: " | ", 0x0B: "\n", 0x1E: "-", 0x1F: "\u00ad", 0xA0: " "}
_UNSEEN = re.compile("[\x00-\x06\x08\x0f-\x12\x16-\x1d]")
MOST_PIECES = 200_000


def read(data: bytes) -> list[list[Run]]:
    """Its paragraphs; fonts are not asked for, the letters tell."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            text = _text(container)
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    return [[Run(line)] for line in _lines(text)]


def _text(container: olefile.OleFileIO) -> str:
    document = container.openstream("WordDocument").read()
    magic, version = struct.unpack_from("<HH", document, 0)
    (flags,) = struct.unpack_from("<H", document, 0x0A)
    if magic != _MAGIC:
        raise Unreadable(SAVE_AS_DOCX)
    if flags & _ENCRYPTED:
        raise Unreadable(LOCKED)
    if version < _FIRST_OF_97:
        raise Unreadable(SAVE_AS_DOCX)
    table = container.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
    (length,) = struct.unpack_from("<i", document, 0x4C)
    at, size = struct.unpack_from("<II", document, 0x01A2)
    return "".join(_pieces(document, table[at : at + size]))[: max(length, 0)]


def _pieces(document: bytes, clx: bytes) -> Iterator[str]:
    table = _piece_table(clx)
    count = (len(table) - 4) // 12
    if count > MOST_PIECES:
        raise Unreadable(DAMAGED)
    places = struct.unpack_from(f"<{count + 1}i", table, 0)
    for number in range(count):
        (where,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        letters = places[number + 1] - places[number]
        if letters < 0:
            raise Unreadable(DAMAGED)
        yield _piece(document, where, letters)


def _piece(document: bytes, where: int, letters: int) -> str:
    if where & _ONE_BYTE:
        start = (where & ~_ONE_BYTE) // 2
        return document[start : start + letters].decode("cp1252", "replace")
    start = where & ~_ONE_BYTE
    return document[start : start + 2 * letters].decode("utf-16-le", "replace")


def _piece_table(clx: bytes) -> bytes:
    """What follows the lists of changed properties."""
    at = 0
    while clx[at] == 0x01:
        (size,) = struct.unpack_from("<H", clx, at + 1)
        at += 3 + size
    if clx[at] != 0x02:
        raise Unreadable(DAMAGED)
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _lines(text: str) -> Iterator[str]:
    """Paragraphs as they read: the codes of fields go, their results stay."""
    seen = _without_codes(text)
    rows = seen.replace("\x07\x07", "\r")
    for paragraph in _PARAGRAPHS.split(rows):
        plain = _UNSEEN.sub("", paragraph.translate(_SIGNS))
        yield from plain.strip(" |").split("\n")


def _without_codes(text: str) -> str:
    """Fields are {begin code | result end}, one within another."""
    kept: list[str] = []
    in_code: list[bool] = []
    for letter in text:
        if letter == "\x13":
            in_code.append(True)
        elif letter == "\x14" and in_code:
            in_code[-1] = False
        elif letter == "\x15" and in_code:
            in_code.pop()
        elif not any(in_code):
            kept.append(letter)
    return "".join(kept)
