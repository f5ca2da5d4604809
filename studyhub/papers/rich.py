"""Rich text (RTF) becomes runs. Old Word files called .doc are often this."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.papers.runs import Run

EMBEDDED = N_(
    "This file has other files embedded in it. Copy its text into a new document, and bring that."
)
_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]|\\"
)
_ASIDE = frozenset(
    "fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr "
    "footerf themedata colorschememapping datastore latentstyles listtable listoverridetable "
    "rsidtbl generator xmlnstbl fldinst annotation atnid atnauthor object".split()
)
"""Groups that hold no text of the document."""
_SIGNS = {
    "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "cell": " | ", "nestcell": " | ",
}  # fmt: skip
_ROWS = frozenset({"row", "nestrow"})
_BREAKS = frozenset({"par", "sect", "page"}) | _ROWS
_CHARSETS = {
    163: "cp1258", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 204: "cp1251", 238: "cp1250",
}  # fmt: skip
DEEPEST = 500


@dataclass(frozen=True)
class _Group:
    """What holds within one pair of braces."""

    font: int = -1
    skipped: bool = False
    fonts: bool = False
    after: int = 1
    """How many plain characters follow one in Unicode, for readers that know none."""


@dataclass
class _Reader:
    fonts: dict[int, str] = field(default_factory=dict)
    charsets: dict[int, str] = field(default_factory=dict)
    now: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    line: list[Run] = field(default_factory=list)
    default: int = 0
    passing: int = 0
    star: bool = False

    def read(self, data: bytes) -> Iterator[list[Run]]:
        for token in _TOKEN.finditer(data):
            if token["word"]:
                yield from self._word(token["word"].decode(), token["number"])
            else:
                self._other(token["brace"], token["hex"], token["sign"], token["text"])
        yield self.line

    def _other(self, brace: bytes, code: bytes, sign: bytes, text: bytes) -> None:
        if brace:
            self._brace(brace)
        elif sign:
            self._sign(sign.decode("latin-1"))
        else:
            self._bytes(bytes.fromhex(code.decode()) if code else text or b"")

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self.stack.append(self.now)
            if len(self.stack) > DEEPEST:
                raise Unreadable(EMBEDDED)
        elif self.stack:
            self.now = self.stack.pop()
        self.passing, self.star = 0, False

    def _word(self, word: str, number: bytes | None) -> Iterator[list[Run]]:
        value = int(number) if number else None
        if word == "objdata":
            raise Unreadable(EMBEDDED)
        if word in _ASIDE or self.star:
            self.now = replace(self.now, skipped=True, fonts=word == "fonttbl")
            self.star = False
        elif word in _BREAKS and not self.now.skipped:
            yield self.line[:-1] if word in _ROWS else self.line
            self.line = []
        else:
            self._set(word, value)

    def _set(self, word: str, value: int | None) -> None:
        if word in _SIGNS:
            self._text(_SIGNS[word])
        elif word == "u" and value is not None:
            self._text(chr(value % 0x10000))
            self.passing = self.now.after
        elif value is not None:
            self._number(word, value)
        elif word == "plain":
            self.now = replace(self.now, font=-1)

    def _number(self, word: str, value: int) -> None:
        if word == "f":
            self.now = replace(self.now, font=value)
        elif word == "uc":
            self.now = replace(self.now, after=min(max(value, 0), 8))
        elif word == "deff":
            self.default = value
        elif word == "fcharset" and self.now.fonts:
            self.charsets[self.now.font] = _CHARSETS.get(value, "cp1252")

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.star = True
        else:
            self._text({"~": "\u00a0", "_": "-", "-": "\u00ad"}.get(sign, sign))

    def _bytes(self, data: bytes) -> None:
        passed = min(self.passing, len(data))
        self.passing -= passed
        self._text(data[passed:].decode(self._charset(), "replace"))

    def _charset(self) -> str:
        return self.charsets.get(self._font(), "cp1252")

    def _font(self) -> int:
        return self.default if self.now.font < 0 else self.now.font

    def _text(self, text: str) -> None:
        if self.now.fonts:
            name = self.fonts.get(self.now.font, "") + text
            self.fonts[self.now.font] = name
        elif not self.now.skipped and text:
            self.line.append(Run(text, self.fonts.get(self._font(), "").split(";")[0]))


def read(data: bytes) -> list[list[Run]]:
    """The paragraphs, each in runs; halves of one character are joined."""
    return [_whole(line) for line in _Reader().read(data)]


def _whole(line: list[Run]) -> list[Run]:
    """Characters beyond the first plane come as two halves, one a run."""
    return [
        Run(run.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), run.font)
        for run in _joined(line)
    ]


def _joined(line: list[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in line:
        if held and held.font == run.font:
            held = Run(held.text + run.text, run.font)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held
