"""Lines become questions: “Câu 1.” or “1.”, options A–D, and the key wherever it stands. Pure.

The key is an option that stands out (bold, underlined, coloured), a line
“Đáp án: B”, or a table at the end. Where two of them differ, that is a fault.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from studyhub.kernel.words import N_
from studyhub.library.lines import CELL_GAP
from studyhub.quiz.found import FALSE, TRUE, Found, content_of, letters_in, truth_in
from studyhub.quiz.marked import Line, Look
from studyhub.quiz.rules import LETTERS, LONGEST_PART

TWO_KEYS = N_("The option that stands out and the answer given differ. Correct one of them.")

_NAMED = re.compile(r"(?:câu(?: hỏi)?)\s*(?:số\s*)?(\d{1,4})\s*[.:)\-–/]?\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,4})\s*[.:)/]\s*(?!\d)")
_OPTION = re.compile(r"[*✓]?\s*\(?([A-Ha-h])\s*[.):]\s*")
_ANSWER = re.compile(
    r"(?:đáp án(?: đúng)?|trả lời|đ/?a|key|answer)\s*(?:là|[:\-–]|(?<=\s)(?=[A-H]\b))\s*(?=\S)",
    re.IGNORECASE,
)
_WHY = re.compile(r"(?:giải thích|lời giải|căn cứ|hướng dẫn(?: giải)?)\s*[:\-–]\s*", re.IGNORECASE)
_PART = re.compile(r"(?:phần|chuyên đề|chủ đề|chương)\s+(?:\w+\s*)?[.:\-–]\s*(?=\S)", re.IGNORECASE)
_TABLE = re.compile(r"(?:bảng\s+)?đáp án(?: câu hỏi| trắc nghiệm)?\s*:?$", re.IGNORECASE)
_PAIR = re.compile(r"\b(\d{1,4})\s*[.:)\-–|]?\s*([A-H](?:\s*[,;+&]?\s*[A-H])*)\b(?!\s*[.)]\s*\w)")
_HEADING = re.compile(r"#{1,6}\s+")


@dataclass
class _Draft:
    """A question while its lines come in."""

    number: str
    text: list[str] = field(default_factory=list)
    options: list[Line] = field(default_factory=list)
    labels: list[Look] = field(default_factory=list)
    said: str = ""
    why: list[str] = field(default_factory=list)
    part: str = ""

    def standing_out(self) -> list[int]:
        """The options that look different from the others; none where all or none do."""
        for look in (Look.COLOURED, Look.UNDERLINED, Look.BOLD):
            for told in (
                [option.mostly(look) for option in self.options],
                [bool(label & look) for label in self.labels],
            ):
                if 0 < sum(told) < len(told):
                    return [place for place, is_so in enumerate(told) if is_so]
        return []


class _Reader:
    """Goes through the lines once."""

    def __init__(self, start: re.Pattern[str]) -> None:
        self.start = start
        self.drafts: list[_Draft] = []
        self.keys: dict[str, list[str]] = defaultdict(list)
        self.part = ""
        self.in_table = False
        self.numbers: list[str] = []

    def read(self, line: Line) -> None:
        """One more line."""
        heading = _HEADING.match(line.text)
        if heading:
            line = line.cut(heading.end())
        if not (
            self._is_key_table(line.text)
            or self._begins(line)
            or self._is_part(line.text, is_heading=bool(heading))
        ):
            self._goes_on(line)

    def _is_key_table(self, text: str) -> bool:
        if _TABLE.fullmatch(text):
            self.in_table = True
            return True
        cells = [cell.strip() for cell in text.split(CELL_GAP.strip())]
        if len(cells) > 1 and self._is_row(cells):
            return True
        pairs = _PAIR.findall(text) if self.in_table else []
        for number, letters in pairs:
            self.keys[number].append(letters)
        return bool(pairs)

    def _is_row(self, cells: list[str]) -> bool:
        """A row of numbers, the row of letters under it, or rows of a number and a letter."""
        values = cells if cells[0].isdigit() or _is_key(cells[0]) else cells[1:]
        if values and all(cell.isdigit() for cell in values):
            self.numbers = values
            return True
        if self.numbers and len(values) == len(self.numbers) and all(map(_is_key, values)):
            for number, letters in zip(self.numbers, values, strict=True):
                self.keys[number].append(letters)
            self.numbers = []
            return True
        pairs = list(zip(values[::2], values[1::2], strict=False))
        if pairs and all(number.isdigit() and _is_key(letters) for number, letters in pairs):
            for number, letters in pairs:
                self.keys[number].append(letters)
            return True
        return False

    def _begins(self, line: Line) -> bool:
        found = self.start.match(line.text)
        if not found:
            return False
        self.in_table = False
        draft = _Draft(number=found[1], part=self.part)
        draft.text.append(line.cut(found.end()).text)
        self.drafts.append(draft)
        return True

    def _is_part(self, text: str, *, is_heading: bool) -> bool:
        found = _PART.match(text)
        if not found and not is_heading:
            return False
        name = text[found.end() :] if found else text
        self.part = name.strip(" .:")[:LONGEST_PART]
        return True

    def _goes_on(self, line: Line) -> None:
        if not self.drafts:
            return  # what stands before the first question
        draft = self.drafts[-1]
        answer, why = _ANSWER.match(line.text), _WHY.match(line.text)
        if answer:
            draft.said = line.text[answer.end() :]
        elif why:
            draft.why.append(line.text[why.end() :])
        elif not _take_options(draft, line):
            _append(draft, line)


def read(told: Sequence[Line]) -> list[Found]:
    """The questions in these lines, in their order."""
    start = _NAMED if any(_NAMED.match(_bare(line)) for line in told) else _NUMBERED
    reader = _Reader(start)
    for line in told:
        reader.read(line)
    keys = {number: iter(letters) for number, letters in reader.keys.items()}
    return [_found(draft, next(keys.get(draft.number, iter(())), "")) for draft in reader.drafts]


def _bare(line: Line) -> str:
    return _HEADING.sub("", line.text, count=1)


def _is_key(cell: str) -> bool:
    return bool(re.fullmatch(r"[A-H](?:\s*[,;+&]?\s*[A-H])*", cell))


def _take_options(draft: _Draft, line: Line) -> bool:
    """Whether the line is one option, or several side by side, with the letters that come next."""
    line = Line(line.text.replace(CELL_GAP, " " * len(CELL_GAP)), line.looks)
    found = _OPTION.match(line.text)
    if not found or draft.why or found[1].upper() != _letter(len(draft.options)):
        return False
    while found:
        following = _following(line.text, found.end(), _letter(len(draft.options) + 1))
        draft.labels.append(line.looks[found.start(1)])
        draft.options.append(line.cut(found.end(), following.start() if following else None))
        found = following
    return True


def _letter(place: int) -> str:
    return LETTERS[place : place + 1]


def _following(text: str, start: int, letter: str) -> re.Match[str] | None:
    """Where the next option begins in the same line."""
    if not letter:
        return None
    label = re.compile(rf"(?<=\s)\(?([{letter}{letter.lower()}])\s*[.)]\s*")
    return label.search(text, start)


def _append(draft: _Draft, line: Line) -> None:
    """A line that goes on with what came last."""
    if draft.why:
        draft.why.append(line.text)
    elif draft.options:
        draft.options[-1] = draft.options[-1].joined(line)
    else:
        draft.text.append(line.text)


def _found(draft: _Draft, in_table: str) -> Found:
    said = draft.said or in_table
    truth = truth_in(said)
    options = [option.text for option in draft.options]
    if truth is not None and not options:
        options = [TRUE, FALSE]
    given = [truth] if truth is not None else letters_in(said)
    seen = draft.standing_out()
    content = content_of(
        "\n".join(filter(None, draft.text)),
        options,
        given or seen,
        explanation="\n".join(filter(None, draft.why)),
        part=draft.part,
    )
    differ = bool(given and seen) and _differ(given, seen)
    return Found(place=draft.number, content=content, doubts=(TWO_KEYS,) if differ else ())


def _differ(given: Iterable[int], seen: Iterable[int]) -> bool:
    return set(given) != set(seen)
