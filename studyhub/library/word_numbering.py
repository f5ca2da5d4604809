"""The numbers Word shows but does not write: counted from the file's list definitions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

LEVELS = 9


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and looks."""

    format: str = "decimal"
    pattern: str = ""
    start: int = 1


def roman(number: int) -> str:
    """The number as a capital Roman numeral."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    numerals = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    shown = ""
    for value, numeral in zip(values, numerals, strict=True):
        times, number = divmod(number, value)
        shown += numeral * times
    return shown


def letter(number: int) -> str:
    """As Word counts: a … z, aa, bb …"""
    times, at = divmod(max(number, 1) - 1, 26)
    return "abcdefghijklmnopqrstuvwxyz"[at] * min(times + 1, 20)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": lambda number: roman(min(number, 3999)),
    "lowerRoman": lambda number: roman(min(number, 3999)).lower(),
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "none": lambda _: "",
}


class Numbering:
    """Counts along while the paragraphs are read in order."""

    def __init__(self, document: WordDocument) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, set[int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        for relation in document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
                self._learn(relation.target_part.element)

    def label(self, paragraph: Paragraph) -> str:
        """The number before this paragraph with a space behind it, or nothing."""
        place = _place(paragraph)
        if place is None or place[0] not in self._levels:
            return ""
        number, depth = place
        level = self._levels[number].get(depth, Level())
        if level.format == "bullet":
            return "+ " if "+" in level.pattern else "- "
        self._count(number, depth)
        shown = self._shown(number, depth, level)
        return f"{shown} " if shown else ""

    def _learn(self, numbering: BaseOxmlElement) -> None:
        abstract = {
            item.get(qn("w:abstractNumId")): _levels(item)
            for item in numbering.findall(qn("w:abstractNum"))
        }
        for item in numbering.findall(qn("w:num")):
            self._learn_list(item, abstract)

    def _learn_list(self, item: BaseOxmlElement, abstract: dict[str, dict[int, Level]]) -> None:
        number, of = item.get(qn("w:numId")), _value(item, "w:abstractNumId") or ""
        self._levels[number] = {**abstract.get(of, {})}
        self._lists[number] = of
        for override in item.findall(qn("w:lvlOverride")):
            depth = _whole(override.get(qn("w:ilvl")), 0)
            self._levels[number].update(_levels(override))
            start = _value(override, "w:startOverride")
            if start is not None:
                level = self._levels[number].get(depth, Level())
                self._levels[number][depth] = Level(level.format, level.pattern, _whole(start, 1))
                self._restarts.setdefault(number, set()).add(depth)

    def _count(self, number: str, depth: int) -> None:
        """Lists of one definition count on together, unless one is told to begin anew."""
        counts = self._counts.setdefault(self._lists[number], [None] * LEVELS)
        if depth in self._restarts.get(number, ()):
            self._restarts[number].discard(depth)
            counts[depth] = None
        before = counts[depth]
        counts[depth] = self._start(number, depth) if before is None else before + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth - 1)

    def _start(self, number: str, depth: int) -> int:
        return self._levels[number].get(depth, Level()).start

    def _shown(self, number: str, depth: int, level: Level) -> str:
        shown = level.pattern
        counts = self._counts[self._lists[number]]
        for at in range(depth + 1):
            other = self._levels[number].get(at, Level())
            count = counts[at] if counts[at] is not None else other.start
            show = FORMATS.get(other.format, str)
            shown = shown.replace(f"%{at + 1}", show(count or 0))
        return shown.strip()


def _levels(item: BaseOxmlElement) -> dict[int, Level]:
    return {
        _whole(level.get(qn("w:ilvl")), 0): _level(level) for level in item.findall(qn("w:lvl"))
    }


def _level(level: BaseOxmlElement) -> Level:
    return Level(
        _value(level, "w:numFmt") or "decimal",
        _value(level, "w:lvlText") or "",
        _whole(_value(level, "w:start"), 1),
    )


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and the depth, given on the paragraph or by its style."""
    number: str | None = None
    depth: str | None = None
    for properties in _properties(paragraph):
        found = properties.find(qn("w:numPr"))
        if found is not None:
            number = number or _value(found, "w:numId")
            depth = depth or _value(found, "w:ilvl")
    if number is None or number == "0":
        return None
    return number, min(_whole(depth, 0), LEVELS - 1)


def _properties(paragraph: Paragraph) -> Iterator[BaseOxmlElement]:
    """The paragraph's own, then those of its style and of the styles that one builds on."""
    if paragraph._p.pPr is not None:
        yield paragraph._p.pPr
    style = paragraph.style
    for _ in range(LEVELS):
        if style is None:
            return
        if style.element.pPr is not None:
            yield style.element.pPr
        style = style.base_style


def _value(item: BaseOxmlElement, tag: str) -> str | None:
    found = item.find(qn(tag))
    return None if found is None else found.get(qn("w:val"))


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() else otherwise
