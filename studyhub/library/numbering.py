"""The numbers that open the parts of Vietnamese documents, read one line at a time.

A line may be read in more than one way ("i)" is a letter or a Roman numeral,
"C." a capital or a hundred); which one holds is decided by its neighbours, in `nesting`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

Ordinal = tuple[int, ...]


class Style(StrEnum):
    """A way of numbering; parts numbered alike stand on the same level."""

    PART = "phần"
    CHAPTER = "chương"
    SECTION = "mục"
    SUBSECTION = "tiểu mục"
    ARTICLE = "điều"
    CAPITAL = "A."
    ROMAN = "I."
    DECIMAL = "1."
    COMPOUND = "1.1."
    COMPOUND_3 = "1.1.1."
    COMPOUND_4 = "1.1.1.1."
    BRACKETED = "1)"
    LETTER = "a)"
    SMALL_ROMAN = "i)"


_LEAST = (Style.BRACKETED, Style.LETTER, Style.SMALL_ROMAN)
RANKS = {style: rank for rank, style in enumerate(Style)}
RANKS |= {Style.ROMAN: RANKS[Style.CAPITAL], **dict.fromkeys(_LEAST, RANKS[Style.BRACKETED])}
"""Who usually stands above whom, where the document itself does not tell."""

KEYWORDS = (Style.PART, Style.CHAPTER, Style.SECTION, Style.SUBSECTION, Style.ARTICLE)


@dataclass(frozen=True)
class Reading:
    """One way to read the beginning of a line."""

    style: Style
    ordinal: Ordinal
    number: str
    rest: str

    @property
    def is_first(self) -> bool:
        return self.ordinal[-1] == 1


LETTERS = "abcdđefghijklmnopqrstuvwxyz"
SKIPPABLE = frozenset("đfjwz")
"""Letters that an official Vietnamese list may leave out."""

_WORDS = "nhất hai ba tư năm sáu bảy tám chín mười".split()
_ROMAN = re.compile(r"(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_KEYWORD = re.compile(
    r"(?P<word>Phần|Chương|Tiểu mục|Mục|Điều)\s+(?P<of>thứ\s+)?"
    r"(?P<value>\d{1,3}[a-zđ]?|[IVXLC]+|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
    r"(?P<end>\s*[.:]|\s*[-–](?=\s)|(?=\s|$))\s*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<value>\d{1,3}|[IVXLC]{1,7}|[a-zđ]{1,5}|[A-ZĐ])"
    r"(?P<end>[./:]|\)|\s?[-–](?=\s*[^\W\d_]))(?=\s|$|[^\W\d_]{2})\s*"
)
_COMPOUND = re.compile(r"(?P<value>\d{1,2}(?:\.\d{1,2}){1,3})(?P<end>[.)]?)(?=\s|$)\s*")


def readings(text: str) -> tuple[Reading, ...]:
    """Every way the line's beginning may be a number; none for ordinary text."""
    return tuple(_readings(text))


def follows(before: Ordinal, after: Ordinal, style: Style) -> bool:
    """Whether the one is the very next after the other."""
    if len(before) != len(after):
        return False
    if style is Style.LETTER:
        between = LETTERS[before[0] : after[0] - 1]
        return before < after and set(between) <= SKIPPABLE
    if before[:-1] != after[:-1]:
        return after[-1] == 1 and (*before[:-2], before[-2] + 1) == after[:-1]
    return after[-1] == before[-1] + 1


def nearly_follows(before: Ordinal, after: Ordinal) -> bool:
    """The same number again, or one left out: slips of the pen."""
    return before[:-1] == after[:-1] and after[-1] - before[-1] in (0, 2)


def roman(numeral: str) -> int | None:
    """The value of a well-formed numeral below 400."""
    if not numeral or not _ROMAN.match(numeral):
        return None
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _readings(text: str) -> Iterator[Reading]:
    if found := _KEYWORD.match(text):
        yield from _keyword(found, text)
    elif found := _COMPOUND.match(text):
        yield from _compound(found, text)
    elif found := _NUMBERED.match(text):
        for style, value in _values(found["value"], found["end"].strip()):
            yield Reading(style, (value,), text[: found.end()].strip(), text[found.end() :])


def _keyword(found: re.Match[str], text: str) -> Iterator[Reading]:
    rest = text[found.end() :]
    named = bool(found["end"].strip())
    value = _keyword_value(found["value"], worded=bool(found["of"]))
    if value and found["word"][0].isupper() and (named or not rest or rest.isupper()):
        style = Style(found["word"].lower())
        yield Reading(style, (value,), text[: found.end()].strip(), rest)


def _keyword_value(value: str, *, worded: bool) -> int | None:
    if worded and value.lower() in _WORDS:
        return _WORDS.index(value.lower()) + 1
    return int(value.rstrip(LETTERS)) if value[0].isdigit() else roman(value.upper())


def _compound(found: re.Match[str], text: str) -> Iterator[Reading]:
    ordinal = tuple(int(number) for number in found["value"].split("."))
    style = (Style.COMPOUND, Style.COMPOUND_3, Style.COMPOUND_4)[len(ordinal) - 2]
    rest = text[found.end() :]
    if all(ordinal) and not (rest[:1].islower() or rest[:1].isdigit()):
        yield Reading(style, ordinal, text[: found.end()].strip(), rest)


def _values(value: str, end: str) -> Iterator[tuple[Style, int]]:
    for fits, read in _KINDS:
        if fits(value, end) and (found := read(value, end)):
            yield found


def _decimal(value: str, end: str) -> tuple[Style, int] | None:
    style = Style.BRACKETED if end == ")" else Style.DECIMAL
    return (style, int(value)) if value[0] != "0" else None


def _roman(value: str, _end: str) -> tuple[Style, int] | None:
    number = roman(value.upper())
    style = Style.ROMAN if value.isupper() else Style.SMALL_ROMAN
    return (style, number) if number else None


def _letter(value: str, _end: str) -> tuple[Style, int] | None:
    style = Style.CAPITAL if value.isupper() else Style.LETTER
    letters = LETTERS.replace("đ", "") if value.isupper() else LETTERS
    return (style, letters.index(value.lower()) + 1) if value.lower() in letters else None


Kind = tuple[Callable[[str, str], bool], Callable[[str, str], tuple[Style, int] | None]]
_KINDS: tuple[Kind, ...] = (
    (lambda value, _: value[0].isdigit(), _decimal),
    (lambda value, end: value[0].isalpha() and end != ":", _roman),
    (lambda value, end: len(value) == 1 and value.isalpha() and end != ":", _letter),
)
