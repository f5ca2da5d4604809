"""A file becomes text, whatever it is called: its content says how to read it.

For files from outside call `sandbox.read_safely`, which runs this in a fenced process.
"""

from studyhub.kernel.words import N_
from studyhub.library import hazards, old_letters, pdf, plain, word
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import Format

LONGEST_TEXT = 1_000_000
MOST_LINES = 20_000
"""About thirty times a long resolution."""

TOO_LONG = N_("This document is too long to be studied. Split it and choose the parts one by one.")
NO_WORDS = N_("There is no text in this file. Check it on your computer and choose it again.")

_READERS = {Format.WORD: word.read, Format.PDF: pdf.read, Format.TEXT: plain.read}


def read(data: bytes, filename: str) -> str:
    """The text of the file, one paragraph a line; `Unreadable` says why not and what to do.

    `filename` is for whoever debugs a refusal; it is not believed.
    """
    text = _READERS[hazards.format_of(data)](data)
    if not text.strip():
        raise Unreadable(NO_WORDS, filename=filename)
    if len(text) > LONGEST_TEXT or text.count("\n") > MOST_LINES:
        raise Unreadable(TOO_LONG)
    return old_letters.as_unicode(text)
