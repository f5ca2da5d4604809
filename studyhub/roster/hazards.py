"""What a file is, told by its content, and whether it is safe and possible to open as a table.

Cheap checks only, standard library only: they run before any parser sees the file.
"""

import zipfile
from enum import StrEnum

from studyhub.kernel.archives import Limits, is_locked, opened
from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.words import N_
from studyhub.roster.errors import Unreadable

LARGEST_FILE = 20 * MEGABYTE
LIMITS = Limits(entries=2_000, unpacked=150 * MEGABYTE, ratio=150)


class Format(StrEnum):
    """How a table can be kept in a file."""

    WORKBOOK = "workbook"
    DELIMITED = "csv"


EMPTY = N_("This file is empty. Check it on your computer and choose it again.")
TOO_LARGE = N_("This list is larger than %(limit)s MB. Leave only the table in it and try again.")
PROGRAM = N_("This file is a program, not a list. It was not kept.")
LOCKED = N_("This file is locked with a password. Remove the password and choose it again.")
WEB_PAGE = N_(
    "This is a web page that is called a table. Open it in Excel, save it as .xlsx, "
    "and choose that file."
)
PACKED = N_(
    "This file unpacks to an unreasonable size and was not opened. Copy the table into a new "
    "file and choose that one."
)
DAMAGED = N_("This file is damaged and cannot be opened. Save the list anew as .xlsx.")
NOT_A_TABLE = N_("This is not a list that can be read. Choose an .xlsx, .xls, .ods or .csv file.")

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"%PDF-", NOT_A_TABLE),
    (b"\xff\xd8\xff", NOT_A_TABLE),
    (b"\x89PNG", NOT_A_TABLE),
    (b"GIF8", NOT_A_TABLE),
    (b"{\\rtf", NOT_A_TABLE),
    (b"Rar!", NOT_A_TABLE),
    (b"7z\xbc\xaf", NOT_A_TABLE),
    (b"\x1f\x8b", NOT_A_TABLE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")


def format_of(data: bytes) -> Format:
    """How to read it, or `Unreadable`."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(EMPTY)
    if len(data) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE, limit=LARGEST_FILE // MEGABYTE)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_archive(data)
        return Format.WORKBOOK
    if data.startswith(_OLE):
        _check_old(data)
        return Format.WORKBOOK
    _check_signs(data)
    return Format.DELIMITED


def _check_signs(data: bytes) -> None:
    for sign, refusal in _SIGNS:
        if data.startswith(sign):
            raise Unreadable(refusal)
    if data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGE):
        raise Unreadable(WEB_PAGE)


def _check_old(data: bytes) -> None:
    """The container of old Office files also wraps new ones that have a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(LOCKED)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Unreadable(NOT_A_TABLE)


def _check_archive(data: bytes) -> None:
    with opened(data, damaged=Unreadable(DAMAGED)) as archive:
        if LIMITS.are_broken_by(archive, len(data)):
            raise Unreadable(PACKED)
        _check_is_table(archive)


def _check_is_table(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if is_locked(archive):
        raise Unreadable(LOCKED)
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return
    if "mimetype" not in names or b"opendocument.spreadsheet" not in archive.read("mimetype"):
        raise Unreadable(NOT_A_TABLE)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable(LOCKED)
