"""Plain text and Markdown, in the encodings Vietnamese files come in."""

import codecs
import re
import unicodedata

from studyhub.library import old_letters
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import NOT_A_DOCUMENT

_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(data: bytes) -> str:
    """The text, in composed Unicode."""
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        raise Unreadable(NOT_A_DOCUMENT) from error
    if _CONTROLS.search(text):
        raise Unreadable(NOT_A_DOCUMENT)
    return unicodedata.normalize("NFC", text)


def _encoding(data: bytes) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    return marked or _unmarked_utf16(data) or _utf8(data) or _one_byte(data)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: in a text every other byte is often zero."""
    sample = data[:4096]
    if len(data) % 2 or sample.count(0) < len(sample) // 10:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _utf8(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _one_byte(data: bytes) -> str:
    """Windows Vietnamese, unless the bytes speak of the letters before Unicode."""
    return "latin-1" if old_letters.are_in(data.decode("latin-1")) else "cp1258"
