"""A text becomes clean lines: one script form, no Markdown marks, broken sentences whole again."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studyhub.library import numbering

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_BULLET = re.compile(r"[•●▪◦∙·–—*-]\s+(?=\S)")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*]*[^*\s])\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")

CELL_GAP = " | "
UNFINISHED = frozenset(',)”"»-/')


@dataclass(frozen=True)
class Line:
    """One paragraph of the document. `heading` is Markdown's level, 0 for ordinary text."""

    text: str
    heading: int = 0

    @property
    def is_table_row(self) -> bool:
        return CELL_GAP in self.text


def lines_of(text: str) -> list[Line]:
    """Every line that says something, in order."""
    clean = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    lines = (_line(raw) for raw in _LINE_ENDS.split(clean))
    return list(_whole_sentences(line for line in lines if line.text))


def is_capitals(text: str) -> bool:
    """Whether it is written in capitals throughout, as titles are."""
    return text.isupper()


def _line(raw: str) -> Line:
    text = " ".join(raw.split())
    if text.startswith("|") or _TABLE_RULE.match(text):
        return Line(_row(text))
    heading = _HEADING.match(text)
    if heading:
        return Line(_plain(heading[2].rstrip("# ")), len(heading[1]))
    return Line(_BULLET.sub("- ", _plain(text), count=1) if _BULLET.match(text) else _plain(text))


def _row(text: str) -> str:
    """A Markdown table's row as a readable line; its ruler as nothing."""
    if _TABLE_RULE.match(text) and "|" in text:
        return ""
    cells = (_plain(cell.strip()) for cell in text.strip("|").split("|"))
    return CELL_GAP.join(cells).strip(" |") if "|" in text else text


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", text)).strip()


def _whole_sentences(lines: Iterable[Line]) -> Iterator[Line]:
    """Join a line that goes on in lower case to the one it was broken from."""
    held: list[str] = []
    heading = 0
    for line in lines:
        if held and not heading and _goes_on(held[-1], line):
            held.append(line.text)
            continue
        if held:
            yield Line(" ".join(held), heading)
        held, heading = [line.text], line.heading
    if held:
        yield Line(" ".join(held), heading)


def _goes_on(before: str, line: Line) -> bool:
    return (
        line.text[0].islower()
        and not line.heading
        and not line.is_table_row
        and CELL_GAP not in before
        and (before[-1].isalnum() or before[-1] in UNFINISHED)
        and not is_capitals(before)
        and not numbering.readings(line.text)
    )
