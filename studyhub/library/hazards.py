"""What a file is, told by its content, and whether it is safe and possible to open.

Cheap checks only, standard library only: they run before any parser sees the file.
"""

import zipfile
from enum import StrEnum

from studyhub.kernel.archives import Limits, is_locked, opened
from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable

LARGEST_FILE = 40 * MEGABYTE
LARGEST_XML = 60 * MEGABYTE
LIMITS = Limits(entries=5_000, unpacked=200 * MEGABYTE, ratio=150)

_WORD_TYPE = b"wordprocessingml.document.main+xml"


class Format(StrEnum):
    """What can be read."""

    WORD = "docx"
    PDF = "pdf"
    TEXT = "text"


EMPTY = N_("This file is empty. Check it on your computer and choose it again.")
TOO_LARGE = N_(
    "This file is larger than %(limit)s MB. Remove its pictures, or split it, and try again."
)
PROGRAM = N_("This file is a program, not a document. It was not kept.")
PICTURE = N_("This file is a picture. Choose the document itself: .docx, .pdf, .md or .txt.")
OLD_WORD = N_(
    "This is an old Word file (.doc). Open it in Word, save it as .docx, and choose that file."
)
LOCKED = N_("This file is locked with a password. Remove the password and choose it again.")
MACROS = N_("This Word file carries macros. Save it as an ordinary .docx and choose that file.")
PACKED = N_(
    "This file unpacks to an unreasonable size and was not opened. Save the document anew as .docx."
)
DAMAGED = N_(
    "This file is damaged and cannot be opened. Save the document anew and choose it again."
)
NOT_A_DOCUMENT = N_(
    "This is not a document that can be read. Choose a .docx, .pdf, .md or .txt file."
)

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG", PICTURE),
    (b"GIF8", PICTURE),
    (b"{\\rtf", OLD_WORD),
    (b"Rar!", NOT_A_DOCUMENT),
    (b"7z\xbc\xaf", NOT_A_DOCUMENT),
    (b"\x1f\x8b", NOT_A_DOCUMENT),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def format_of(data: bytes) -> Format:
    """The format to read it as, or `Unreadable`."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(EMPTY)
    if len(data) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE, limit=LARGEST_FILE // MEGABYTE)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_archive(data)
        return Format.WORD
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    _check_signs(data)
    return Format.TEXT


def _check_signs(data: bytes) -> None:
    if data.startswith(_OLE):
        raise Unreadable(_ole_refusal(data))
    for sign, refusal in _SIGNS:
        if data.startswith(sign):
            raise Unreadable(refusal)
    if data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Unreadable(NOT_A_DOCUMENT)


def _ole_refusal(data: bytes) -> str:
    """The container of old Office files also wraps new ones that have a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return LOCKED
    return OLD_WORD if "WordDocument".encode("utf-16-le") in data else NOT_A_DOCUMENT


def _check_archive(data: bytes) -> None:
    with opened(data, damaged=Unreadable(DAMAGED)) as archive:
        xml = (entry for entry in archive.infolist() if _is_xml(entry))
        too_much_xml = any(entry.file_size > LARGEST_XML for entry in xml)
        if too_much_xml or LIMITS.are_broken_by(archive, len(data)):
            raise Unreadable(PACKED)
        _check_is_word(archive)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _check_is_word(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if is_locked(archive):
        raise Unreadable(LOCKED)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise Unreadable(MACROS)
    if "[Content_Types].xml" not in archive.namelist():
        raise Unreadable(NOT_A_DOCUMENT)
    if _WORD_TYPE not in archive.read("[Content_Types].xml"):
        raise Unreadable(NOT_A_DOCUMENT)
