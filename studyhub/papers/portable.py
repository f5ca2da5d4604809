"""A PDF becomes lines, unless it carries more than pages: scripts, programs, other files."""

import re
import zlib
from collections.abc import Iterator

import pypdfium2

from studyhub.kernel import old_letters
from studyhub.kernel.old_letters import Way
from studyhub.kernel.words import N_
from studyhub.library import pdf
from studyhub.library.errors import Unreadable
from studyhub.papers.runs import Run

ACTIVE = N_(
    "This PDF carries scripts or other files. Print it anew as PDF, and bring that one; or bring "
    "the Word file."
)
SCANNED = N_(
    "This PDF holds pictures of pages, no text. If this round takes handwritten essays, add it "
    "there; otherwise bring the Word file it was made from."
)
LOST = N_(
    "This PDF is typed in an old font (.VnTime), and the letter ư is lost in it. Bring the Word "
    "file it was made from."
)
_ACTIVE = re.compile(
    rb"/(JavaScript|Rendition|Launch|EmbeddedFiles?|RichMedia|XFA|GoToE|ImportData)(?![A-Za-z])"
)
"""Not /JS: it stands by chance in every few megabytes of a scanned picture, and a script is run
only by an action of the type /JavaScript or /Rendition (ISO 32000-2, 12.6.4)."""
_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm.{0,400}?stream\r?\n", re.DOTALL)
MOST_UNPACKED = 8 * 1024 * 1024


def read(data: bytes) -> list[list[Run]]:
    """Its paragraphs, as they are set on the pages."""
    expect_quiet(data)
    try:
        text = pdf.read(data)
    except Unreadable as refusal:
        raise (Unreadable(SCANNED) if refusal.message == pdf.PICTURES else refusal) from refusal
    lines = text.split("\n")
    _expect_whole(lines)
    return [[Run(line)] for line in lines]


def _expect_whole(lines: list[str]) -> None:
    """TCVN3 wrote ư with the sign that PDF takes for a hyphen, and leaves out."""
    said, ways = old_letters.read(lines)
    if Way.TCVN3 in ways and not any("ư" in line for line in said):
        raise Unreadable(LOST)


def expect_quiet(data: bytes) -> None:
    """Refuse a PDF that could do anything when it is opened."""
    for stretch in (data, *_unpacked(data)):
        plain = _NAME.sub(lambda found: bytes([int(found[1], 16)]), stretch)
        if _ACTIVE.search(plain):
            raise Unreadable(ACTIVE)
    if _attachments(data):
        raise Unreadable(ACTIVE)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Objects may stand packed together; names in them count too."""
    for found in _OBJECTS.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], MOST_UNPACKED)
        except zlib.error:
            continue


def _attachments(data: bytes) -> int:
    try:
        with pypdfium2.PdfDocument(data) as document:
            return int(document.count_attachments())
    except pypdfium2.PdfiumError:
        return 0  # whoever reads it says what is wrong
