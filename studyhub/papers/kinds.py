"""What a file is, told by its content: the checks before any reader sees it.

Standard library only, and nothing is unpacked here but names and sizes.
"""

import zipfile
from enum import StrEnum

from studyhub.kernel.archives import opened
from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.words import N_
from studyhub.library import hazards
from studyhub.library.errors import Unreadable


class Kind(StrEnum):
    """What text is read from."""

    WORD = "docx"
    ODT = "odt"
    OLD_WORD = "doc"
    RTF = "rtf"
    HTML = "html"
    PDF = "pdf"
    TEXT = "txt"


LARGEST = 20 * MEGABYTE

TOO_LARGE = N_(
    "This file is larger than %(limit)s MB. Remove its pictures, or copy the text and paste it."
)
PICTURE = N_(
    "This file is a picture: there is no text in it to take over. Type the text, or ask whether "
    "this round takes handwritten essays."
)
MACROS = N_("This Word file carries macros. Save it as an ordinary .docx and choose that file.")
NOT_READ = N_(
    "This is not a file that text can be taken from. Choose a .docx, .odt, .doc, .pdf or .txt file."
)
SAVE_AS_DOCX = N_(
    "This kind of Word file cannot be read. Open it in Word, choose “Save as”, choose .docx, "
    "and bring that file."
)

PROGRAM = N_(
    "This file is a program, so it was not kept. Choose JPEG, PNG, WebP or HEIC photos, or one PDF."
)
NOT_A_PAGE = N_("This is not a photo. Choose JPEG, PNG, WebP or HEIC photos, or one PDF.")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_97 = b"\xec\xa5"
"""How the text of an old Word file begins: its list of contents stands behind it."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_HEIC = (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"hevc", b"avif")
_ODT = b"application/vnd.oasis.opendocument.text"
_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"


def kind_of(data: bytes) -> Kind:
    """How to read it, or `Unreadable` with what to do instead."""
    if not data.strip(_NOTHING):
        raise Unreadable(hazards.EMPTY)
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE, limit=LARGEST // MEGABYTE)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(_OLE):
        return _ole(data)
    _expect_no_program(data)
    return _words(data)


def is_picture(data: bytes) -> bool:
    """Whether it begins as a photograph or drawing does."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    heic = data[4:8] == b"ftyp" and data[8:12] in _HEIC
    return data.startswith(_PICTURES) or webp or heic


def expect_page(head: bytes) -> None:
    """Refuse at once what can be no photo of a page, by how it begins."""
    if not head.strip(b"\0"):
        raise Unreadable(hazards.EMPTY)
    if b"%PDF-" in head[:1024]:
        return
    if head.startswith(_PROGRAMS):
        raise Unreadable(PROGRAM)
    if not is_picture(head):
        raise Unreadable(NOT_A_PAGE)


def _expect_no_program(data: bytes) -> None:
    if data.startswith(_PROGRAMS):
        raise Unreadable(hazards.PROGRAM)
    if is_picture(data):
        raise Unreadable(PICTURE)
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise Unreadable(NOT_READ)


def _words(data: bytes) -> Kind:
    """Files of plain letters: rich text, a page of the web, or a text."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith(b"mime-version:") or (head.startswith(b"<?xml") and b"<html" not in head):
        raise Unreadable(SAVE_AS_DOCX)
    if head.startswith(b"<") and (b"<html" in head or b"<!doctype html" in head):
        return Kind.HTML
    return Kind.TEXT


def _ole(data: bytes) -> Kind:
    """The container of old Office files; it also wraps new ones that have a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(hazards.LOCKED)
    if "WordDocument".encode("utf-16-le") not in data:
        raise Unreadable(hazards.DAMAGED if _has_old_text(data) else NOT_READ)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Unreadable(MACROS)
    return Kind.OLD_WORD


def _has_old_text(data: bytes) -> bool:
    return any(data.startswith(_WORD_97, at) for at in range(512, len(data), 512))


def _archive(data: bytes) -> Kind:
    with opened(data, damaged=Unreadable(hazards.DAMAGED)) as archive:
        if hazards.LIMITS.are_broken_by(archive, len(data)) or _has_vast_xml(archive):
            raise Unreadable(hazards.PACKED)
        if "mimetype" not in archive.namelist():
            return _word(data)
        if _ODT not in archive.read("mimetype")[:100]:
            raise Unreadable(NOT_READ)
        _expect_open(archive)
    return Kind.ODT


def _has_vast_xml(archive: zipfile.ZipFile) -> bool:
    return any(
        entry.filename.endswith(".xml") and entry.file_size > hazards.LARGEST_XML
        for entry in archive.infolist()
    )


def _expect_open(archive: zipfile.ZipFile) -> None:
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable(hazards.LOCKED)
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist()):
        raise Unreadable(MACROS)


def _word(data: bytes) -> Kind:
    try:
        hazards.format_of(data)
    except Unreadable as refusal:
        if refusal.message == hazards.NOT_A_DOCUMENT:
            raise Unreadable(NOT_READ) from refusal
        raise
    return Kind.WORD
