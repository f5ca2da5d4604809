"""An outline as plain text that a person can correct, and back again.

A line that begins with # opens a part, one more # for each level down; every other
line is a paragraph. Unlike `outline.parse` nothing is guessed: an officer who takes
a # away, or adds one, gets exactly that.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from studyhub.kernel.vietnamese import fold, nfc
from studyhub.library import outline
from studyhub.library.numbering import readings
from studyhub.library.outline import Part, is_title

DEEPEST = 9
LONGEST_KEYWORD = 3
"""In syllables: "Phần thứ nhất"."""

_HEAD = re.compile(r"(#{1,9})\s*(.*)$")
_KEPT_AS_TITLE = re.compile(r"\s+#+$")
_LOOKS_LIKE_HEAD = re.compile(r"\\*#")


class Passage(Protocol):
    """A part, whether just recognised or from the database."""

    @property
    def level(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def paragraphs(self) -> Sequence[str]: ...


def write(parts: Sequence[Passage]) -> str:
    """The parts as text to correct; `read` gives the same parts back.

    What stands before the first numbered part needs no mark.
    """
    text = "\n\n".join("\n".join(_written(part)) for part in parts)
    return text.removeprefix("#\n") if len(parts) > 1 else text


def read(text: str) -> tuple[Part, ...]:
    """The parts as marked; of a text without any mark, as `outline.parse` sees them."""
    lines = [line.strip() for line in nfc(text).split("\n")]
    if not any(_HEAD.match(line) for line in lines):
        return outline.parse(text).parts
    return tuple(_addressed(list(_parts(lines))))


def _written(part: Passage) -> Iterator[str]:
    marks, paragraphs = "#" * min(part.level, DEEPEST), list(part.paragraphs)
    said = part.title
    if said and not is_title(said):
        said = f"{said} {marks}"
    elif not said and part.number and paragraphs and not is_title(paragraphs[0]):
        said = paragraphs.pop(0)
    yield f"{marks} {part.number} {said}".replace("  ", " ").strip()
    for paragraph in paragraphs:
        yield f"\\{paragraph}" if _LOOKS_LIKE_HEAD.match(paragraph) else paragraph


def _parts(lines: Sequence[str]) -> Iterator[Part]:
    head = Part(1, "", "", (), "")
    paragraphs: list[str] = []
    for line in lines:
        found = _HEAD.match(line)
        if found:
            yield from _filled(head, paragraphs)
            head, paragraphs = _opened(len(found[1]), found[2])
        elif line:
            paragraphs.append(line[1:] if _LOOKS_LIKE_HEAD.match(line) else line)
    yield from _filled(head, paragraphs)


def _opened(level: int, said: str) -> tuple[Part, list[str]]:
    """The part this line opens, and its first paragraph if the line holds that, too."""
    number, rest = _numbered(said)
    title = _KEPT_AS_TITLE.sub("", rest)
    if number and rest == title and rest and not is_title(rest):
        return Part(level, number, "", (), ""), [rest]
    return Part(level, number, title, (), ""), []


def _numbered(said: str) -> tuple[str, str]:
    """The number and the rest; a marked line may say "Chương I Quy định chung" in one."""
    found = readings(said)
    if found:
        return found[0].number, found[0].rest
    words = said.split()
    for upto in range(LONGEST_KEYWORD, 0, -1):
        first = " ".join(words[:upto])
        if any(not reading.rest for reading in readings(first)):
            return first, " ".join(words[upto:])
    return "", said


def _filled(head: Part, paragraphs: Sequence[str]) -> Iterator[Part]:
    if head.number or head.title or paragraphs:
        yield Part(head.level, head.number, head.title, tuple(paragraphs), "")


def _addressed(parts: Sequence[Part]) -> Iterator[Part]:
    """Give every part an address made of the numbers above it: "ii-1-a"."""
    path: list[Part] = []
    uses: Counter[str] = Counter()
    for part in parts:
        path = [above for above in path if above.level < part.level] + [part]
        address = "-".join(_slug(above) for above in path if above.number) or _slug(part)
        uses[address] += 1
        anchor = address if uses[address] == 1 else f"{address}~{uses[address]}"
        yield Part(part.level, part.number, part.title, part.paragraphs, anchor)


def _slug(part: Part) -> str:
    plain = part.number.lower().replace("đ)", "dd") or fold(part.title)
    return "-".join(re.findall(r"[a-z0-9]+", fold(plain))[:4])[:40] or "phan"
