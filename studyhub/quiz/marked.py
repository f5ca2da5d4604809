"""Lines of a Word file in which bold, underlined and coloured words are still told apart.

The file is read as any document is; before that, every such run is put between
two signs that no text has. Here they become flags beside the plain characters.
"""

from dataclasses import dataclass
from enum import IntFlag

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from studyhub.kernel.vietnamese import nfc
from studyhub.library import word


class Look(IntFlag):
    """How a character stands out."""

    PLAIN = 0
    COLOURED = 1
    UNDERLINED = 2
    BOLD = 4


_FIRST, _END = 0xE000, "\ue00f"
_OFF = {"0", "false", "none", "off", "auto", "000000"}


@dataclass(frozen=True)
class Line:
    """Plain text, and how each of its characters looks."""

    text: str
    looks: tuple[Look, ...]

    def cut(self, start: int, end: int | None = None) -> "Line":
        """A piece of it, without blanks at its ends."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Line(self.text[start:end], self.looks[start:end])

    def joined(self, other: "Line") -> "Line":
        """The two, with a blank between them."""
        return Line(f"{self.text} {other.text}", (*self.looks, Look.PLAIN, *other.looks))

    def mostly(self, look: Look) -> bool:
        """Whether more than half of its letters look so."""
        told = [bool(own & look) for letter, own in zip(self.text, self.looks, strict=True)
                if letter.isalnum()]  # fmt: skip
        return bool(told) and 2 * sum(told) > len(told)


def lines(data: bytes) -> list[Line]:
    """The lines of a Word file; numbers that Word only shows stand before them."""
    return [_line(told) for told in nfc(word.read(data, _mark)).split("\n") if told.strip()]


def plain(text: str) -> list[Line]:
    """Lines of text without any looks, for tests and for what was pasted."""
    return [_line(told) for told in nfc(text).split("\n") if told.strip()]


def _line(told: str) -> Line:
    letters: list[str] = []
    looks: list[Look] = []
    look = Look.PLAIN
    for letter in told.strip():
        if letter == _END:
            look = Look.PLAIN
        elif _FIRST < ord(letter) <= _FIRST + 7:
            look = Look(ord(letter) - _FIRST)
        else:
            letters.append(letter)
            looks.append(look)
    return Line("".join(letters), tuple(looks)).cut(0)


def _mark(document: WordDocument) -> None:
    """Put the signs around every run that stands out."""
    for run in document.element.body.iter(qn("w:r")):
        texts = list(run.iter(qn("w:t")))
        look = _look(run)
        if texts and look:
            texts[0].text = chr(_FIRST + look) + (texts[0].text or "")
            texts[-1].text = (texts[-1].text or "") + _END


def _look(run: BaseOxmlElement) -> Look:
    found = Look.PLAIN
    for properties in run.findall(qn("w:rPr")):
        for tag, look in _TAGS:
            if _is_on(properties, tag):
                found |= look
    return found


_TAGS = (
    ("w:b", Look.BOLD),
    ("w:u", Look.UNDERLINED),
    ("w:color", Look.COLOURED),
    ("w:highlight", Look.COLOURED),
    ("w:shd", Look.COLOURED),
)


def _is_on(properties: BaseOxmlElement, tag: str) -> bool:
    found = properties.find(qn(tag))
    if found is None:
        return False
    value = found.get(qn("w:fill" if tag == "w:shd" else "w:val"))
    return (value or ("auto" if tag == "w:shd" else "1")).lower() not in _OFF
