"""A PDF with a text layer becomes text: printed lines and their places, made paragraphs."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import DAMAGED, LOCKED
from studyhub.library.layout import PrintedLine, paragraphs

MOST_PAGES = 600
LEAST_CHARACTERS = 20
"""Per page; below it the page is taken for a picture."""

PICTURES = N_(
    "This PDF holds pictures of pages, no text. Ask for the Word file or the digitally signed PDF, "
    "or run text recognition (OCR) on it first."
)
TOO_MANY_PAGES = N_(
    "This PDF has more than %(limit)s pages. Split it and choose the parts one by one."
)
_PASSWORD = "password"  # noqa: S105 - a word of PDFium's message


def read(data: bytes) -> str:
    """The text of all pages, one paragraph a line."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = _pages(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(LOCKED if _PASSWORD in str(error).lower() else DAMAGED) from error
    said = sum(len(line.text) for page in pages for line in page)
    if said < LEAST_CHARACTERS * max(len(pages), 1):
        raise Unreadable(PICTURES)
    return "\n".join(paragraphs(pages))


def _pages(document: pypdfium2.PdfDocument) -> list[list[PrintedLine]]:
    if len(document) > MOST_PAGES:
        raise Unreadable(TOO_MANY_PAGES, limit=MOST_PAGES)
    return [list(_printed(page)) for page in document]


def _printed(page: pypdfium2.PdfPage) -> Iterator[PrintedLine]:
    """The page's lines in the order they were written."""
    textpage = page.get_textpage()
    start = 0
    letters = [chr(raw.FPDFText_GetUnicode(textpage, at)) for at in range(textpage.count_chars())]
    for at, letter in enumerate([*letters, "\n"]):
        if letter in "\r\n":
            yield from _line(textpage, letters, start, at)
            start = at + 1


def _line(
    textpage: pypdfium2.PdfTextPage, letters: list[str], start: int, end: int
) -> Iterator[PrintedLine]:
    inked = [at for at in range(start, end) if not letters[at].isspace() and letters[at] > "\x1f"]
    if not inked:
        return
    text = "".join(letter for letter in letters[start:end] if letter > "\x1f").strip()
    word = next((at for at in range(inked[0], inked[-1]) if letters[at + 1].isspace()), inked[-1])
    left, bottom, _, _ = textpage.get_charbox(inked[0], loose=True)
    word_right = textpage.get_charbox(word, loose=True)[2]
    right = textpage.get_charbox(inked[-1], loose=True)[2]
    yield PrintedLine(text, left, right, bottom, word_right - left)
