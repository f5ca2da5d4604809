"""An OpenDocument text becomes runs: paragraphs, lists and tables in reading order."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from studyhub.kernel.archives import FAULTS
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import DAMAGED
from studyhub.library.lines import CELL_GAP
from studyhub.papers.runs import Run

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


_PASSED_BY = {
    _q(name)
    for name in (
        "office:annotation", "text:tracked-changes", "text:note-citation", "office:forms",
        "text:sequence-decls", "text:table-of-content",
    )
}  # fmt: skip
_MOST_SPACES = 200
_COUNTS = "list "
_LABEL = re.compile(r"(?:-|\d+\.) ")
Fonts = Mapping[str, str]


def read(data: bytes) -> list[list[Run]]:
    """The paragraphs of the document, each in runs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content, styles = _xml(archive, "content.xml"), _xml(archive, "styles.xml")
    except (*FAULTS, KeyError, ElementTree.ParseError) as error:
        raise Unreadable(DAMAGED) from error
    body = content.find(f".//{_q('office:text')}")
    if body is None:
        raise Unreadable(DAMAGED)
    return list(_blocks(body, _fonts(styles, content)))


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    """No office suite writes a document type; whoever does wants to have entities unfolded."""
    try:
        text = archive.read(name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(DAMAGED) from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable(DAMAGED)
    return ElementTree.fromstring(text)  # noqa: S314 - fenced, small, and without any entity


def _fonts(*documents: Element) -> Fonts:
    """The font of each style, those of its parents too."""
    parents: dict[str, str] = {}
    own: dict[str, str] = {}
    for style in (style for document in documents for style in document.iter(_q("style:style"))):
        name = style.get(_q("style:name"), "")
        parents[name] = style.get(_q("style:parent-style-name"), "")
        said = style.find(_q("style:text-properties"))
        if said is not None:
            own[name] = said.get(_q("style:font-name")) or said.get(_q("fo:font-family")) or ""
    fonts = {name: _inherited(name, parents, own) for name in parents}
    return {**fonts, **dict.fromkeys(_counting(documents), "")}


def _counting(documents: tuple[Element, ...]) -> Iterator[str]:
    """The styles of lists that number their entries."""
    for document in documents:
        for style in document.iter(_q("text:list-style")):
            if len(style) and style[0].tag == _q("text:list-level-style-number"):
                yield f"{_COUNTS}{style.get(_q('style:name'), '')}"


def _inherited(name: str, parents: Mapping[str, str], own: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while name and name not in seen:
        if own.get(name):
            return own[name]
        seen.add(name)
        name = parents.get(name, "")
    return ""


def _blocks(element: Element, fonts: Fonts) -> Iterator[list[Run]]:
    for child in element:
        if child.tag in (_q("text:p"), _q("text:h")):
            yield from _lines(child, fonts)
        elif child.tag == _q("text:list"):
            yield from _list(child, fonts)
        elif child.tag == _q("table:table-row"):
            yield _row(child, fonts)
        elif child.tag not in _PASSED_BY:
            yield from _blocks(child, fonts)


def _list(element: Element, fonts: Fonts) -> Iterator[list[Run]]:
    """Each entry with its number or a dash: they are drawn by a style, and not in the text."""
    counts = f"{_COUNTS}{element.get(_q('text:style-name'), '')}" in fonts
    for number, item in enumerate(element, 1):
        label = f"{number}. " if counts else "- "
        for at, runs in enumerate(_blocks(item, fonts)):
            nested = bool(runs) and bool(_LABEL.match(runs[0].text))
            yield runs if at or nested else [Run(label), *runs]


def _row(element: Element, fonts: Fonts) -> list[Run]:
    row: list[Run] = []
    for cell in element.iter(_q("table:table-cell")):
        inside = [run for block in _blocks(cell, fonts) for run in [*block, Run(" ")]]
        row += [Run(CELL_GAP), *inside] if row and inside else inside
    return row


def _lines(paragraph: Element, fonts: Fonts) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in _runs(paragraph, fonts, ""):
        if run.text == "\n":
            yield line
            line = []
        else:
            line.append(run)
    yield line


def _runs(element: Element, fonts: Fonts, font: str) -> Iterator[Run]:
    font = fonts.get(element.get(_q("text:style-name"), ""), "") or font
    if element.text:
        yield Run(_spaced(element.text), font)
    for child in element:
        yield from _inside(child, fonts, font)
        if child.tail:
            yield Run(_spaced(child.tail), font)


def _inside(child: Element, fonts: Fonts, font: str) -> Iterator[Run]:
    if child.tag == _q("text:line-break"):
        yield Run("\n")
    elif child.tag == _q("text:tab"):
        yield Run("\t", font)
    elif child.tag == _q("text:s"):
        yield Run(" " * _count(child.get(_q("text:c"), "1")), font)
    elif child.tag not in _PASSED_BY:
        yield from _runs(child, fonts, font)


def _spaced(text: str) -> str:
    """Line ends and indents of the XML are one space."""
    folded = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{folded}{' ' * text[-1:].isspace()}" if folded else " "


def _count(told: str) -> int:
    return min(int(told), _MOST_SPACES) if told.isdecimal() and len(told) < 9 else 1
