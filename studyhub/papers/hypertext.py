"""A page of the web becomes runs: what old programs saved under the name .doc."""

import re
from html.parser import HTMLParser

from studyhub.papers.encodings import decoded
from studyhub.papers.runs import Run

_BREAKS = frozenset(
    "p div br li tr h1 h2 h3 h4 h5 h6 table ul ol blockquote section article title hr".split()
)
_UNSEEN = frozenset("script style head template noscript object svg select textarea".split())
_VOID = frozenset("br hr img input meta link wbr col area base embed source track".split())
_FAMILY = re.compile(r"font-family\s*:\s*([^;,]+)", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
DEEPEST = 500


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Run]] = [[]]
        self.open: list[tuple[str, str]] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; fonts hold until their element ends."""
        if tag in _BREAKS:
            self.lines.append([])
        if tag in _VOID or len(self.open) > DEEPEST:
            return
        self.unseen += tag in _UNSEEN
        self.open.append((tag, _font(dict(attrs)) or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of that name, and what was left open in it."""
        if tag in _BREAKS:
            self.lines.append([])
        if not any(tag == name for name, _ in self.open):
            return
        while self.open:
            name, _ = self.open.pop()
            self.unseen -= name in _UNSEEN
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Words; line ends within them are spaces."""
        if not self.unseen and data:
            font = self.open[-1][1] if self.open else ""
            self.lines[-1].append(Run(re.sub(r"[ \t\r\n]+", " ", data), font))


def _font(attrs: dict[str, str | None]) -> str:
    family = _FAMILY.search(attrs.get("style") or "")
    return (family[1] if family else attrs.get("face") or "").strip(" '\"")


def read(data: bytes) -> list[list[Run]]:
    """Its lines, each in runs; nothing of it is ever run or fetched."""
    reader = _Reader()
    reader.feed(_text(data))
    reader.close()
    return [line for line in reader.lines if line]


def _text(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    try:
        return data.decode(named[1].decode() if named else "utf-8")
    except (UnicodeDecodeError, LookupError):
        return decoded(data)
