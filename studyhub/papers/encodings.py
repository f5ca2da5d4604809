"""Plain text, in the encodings that Vietnamese files come in: told by how each one reads."""

import codecs
import re

from studyhub.kernel import old_letters
from studyhub.kernel.syllables import reading_of
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.papers.kinds import NOT_READ
from studyhub.papers.runs import Run

MIXED = N_(
    "The letters of this file cannot be made out: it may mix several encodings. Open it, check "
    "that it reads well, and save it as .docx; or copy the text and paste it."
)
LEAST_READABLE = 0.5
FEWEST = 3
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(data: bytes) -> list[list[Run]]:
    """The lines of a text."""
    text = decoded(data)
    if _CONTROLS.search(text):
        raise Unreadable(NOT_READ)
    return [[Run(line)] for line in text.splitlines()]


def decoded(data: bytes) -> str:
    """Its letters; letters from before Unicode stay as they are typed."""
    told = _marked(data) or _unmarked_utf16(data)
    if not told:
        return _line_by_line(data)
    try:
        return data.decode(told)
    except UnicodeDecodeError as error:
        raise Unreadable(MIXED) from error


def _line_by_line(data: bytes) -> str:
    """Unicode (UTF-8), but for lines that are none: parts of a text may come from elsewhere."""
    lines: list[str | bytes] = [_utf8(line) for line in data.splitlines()]
    other = b"\n".join(line for line in lines if isinstance(line, bytes))
    read = iter(_one_byte(other).split("\n"))
    return "\n".join(next(read) if isinstance(line, bytes) else line for line in lines)


def _utf8(line: bytes) -> str | bytes:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: in a text every other byte is often zero."""
    sample = data[:4096]
    if len(data) % 2 or sample.count(0) < len(sample) // 10:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _one_byte(data: bytes) -> str:
    """Windows Vietnamese or letters from before Unicode: whichever reads as Vietnamese."""
    candidates = [data.decode("latin-1"), data.decode("cp1258", "replace")]
    shares = [reading_of("\n".join(_read(text))) for text in candidates]
    best = max((0, 1), key=lambda at: shares[at].share)
    if shares[best].telling >= FEWEST and shares[best].share < LEAST_READABLE:
        raise Unreadable(MIXED)
    return candidates[best]


def _read(text: str) -> list[str]:
    return old_letters.read(text.split("\n"))[0]
