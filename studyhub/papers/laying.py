"""The paragraphs of a file are laid into the parts of the essay, by the headings found. Pure.

Nothing is left out but the heading itself: what stands before the first heading,
and everything when there is none, goes into the first part.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from studyhub.kernel.vietnamese import fold

CLOSE_ENOUGH = 0.86
"""How alike a line and a title must be: a heading is retyped with slips."""

_NUMBER = re.compile(
    r"^\s*(?:(?P<word>câu hỏi|câu|phần|mục|nội dung)\s*(?:thứ\s+)?(?:số\s*)?)?"
    r"(?P<number>\d{1,2}|[ivx]{1,5}|[a-e]|nhất|một|hai|ba|bốn|năm)?\s*"
    r"(?P<end>[.:)/\-–—]|$)\s*",
    re.IGNORECASE,
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
}
_WORDS = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def lay(paragraphs: Sequence[str], titles: Sequence[str]) -> list[str]:
    """The text of each part, in the order of the titles."""
    parts: list[list[str]] = [[] for _ in titles]
    seen: set[int] = set()
    at = 0
    for paragraph in paragraphs:
        part, rest = heading_of(paragraph, titles)
        if part is None or part in seen:
            parts[at].append(paragraph)
            continue
        at = part
        seen.add(part)
        parts[at] += [rest] if rest else []
    return ["\n\n".join(part) for part in parts]


def heading_of(paragraph: str, titles: Sequence[str]) -> tuple[int | None, str]:
    """Which title this line is, and what follows it on the same line."""
    number, line = _without_number(paragraph)
    for part, title in enumerate(titles):
        if (rest := _after(line, _without_number(title)[1])) is not None:
            return part, rest
    if number and not _EDGES.sub("", line) and number <= len(titles):
        return number - 1, ""  # «Câu 2» and no more
    return None, ""


def _without_number(line: str) -> tuple[int | None, str]:
    found = _NUMBER.match(line)
    if not found or not (found["number"] or found["word"]):
        return None, line
    told = (found["number"] or "").lower()
    number = int(told) if told.isdecimal() else _ROMAN.get(told) or _WORDS.get(told)
    return (number if found["word"] else None), line[found.end() :]


def _after(line: str, title: str) -> str | None:
    """The words after the title when the line begins with it; None when it does not."""
    wanted = _EDGES.sub("", fold(title))
    if not wanted:
        return None
    if SequenceMatcher(None, _EDGES.sub("", fold(line)), wanted).ratio() >= CLOSE_ENOUGH:
        return ""
    head, colon, rest = line.partition(":")
    if not colon:
        head, colon, rest = line.partition(". ")
    is_head = SequenceMatcher(None, _EDGES.sub("", fold(head)), wanted).ratio() >= CLOSE_ENOUGH
    return rest.strip() if colon and is_head else None
