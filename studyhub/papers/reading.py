"""A file of text becomes paragraphs, whatever it is called: its content says how to read it.

For files from outside call `sandbox.read_safely`, which runs this in a fenced process.
"""

import re
from collections.abc import Callable, Mapping

from studyhub.kernel.words import N_
from studyhub.library import word
from studyhub.library.errors import Unreadable
from studyhub.papers import encodings, hypertext, kinds, odt, old_word, portable, rich
from studyhub.papers.kinds import Kind
from studyhub.papers.runs import Run, Told, told
from studyhub.papers.word_fonts import Mending

LONGEST = 300_000
"""Characters: what a draft holds."""

NO_WORDS = N_("There is no text in this file. Check it on your computer and choose it again.")
TOO_LONG = N_(
    "This text is too long for an essay: %(length)s characters, at most %(most)s. Shorten it first."
)
_MARK = re.compile(r"^#{1,6} ")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u200b\u00ad\u2060]")
"""Marks of direction and of nothing: they only hide what a text says."""

_READERS: Mapping[Kind, Callable[[bytes], list[list[Run]]]] = {
    Kind.ODT: odt.read,
    Kind.OLD_WORD: old_word.read,
    Kind.RTF: rich.read,
    Kind.HTML: hypertext.read,
    Kind.PDF: portable.read,
    Kind.TEXT: encodings.read,
}


def read(data: bytes) -> Told:
    """The paragraphs of the file, empty ones left out; `Unreadable` says why not."""
    kind = kinds.kind_of(data)
    found = _word(data) if kind is Kind.WORD else told(_READERS[kind](data))
    lines = [line for paragraph in found.paragraphs if (line := _clean(paragraph))]
    if not lines:
        raise Unreadable(NO_WORDS)
    length = sum(map(len, lines))
    if length > LONGEST:
        raise Unreadable(TOO_LONG, length=length, most=LONGEST)
    return Told(lines, found.ways)


def _word(data: bytes) -> Told:
    mending = Mending()
    lines = [_MARK.sub("", line) for line in word.read(data, mending).split("\n")]
    said = told([[Run(line)] for line in lines])
    return Told(said.paragraphs, said.ways | mending.ways)


def _clean(paragraph: str) -> str:
    return " ".join(_TURNING.sub("", _UNSEEN.sub("", paragraph)).split())
