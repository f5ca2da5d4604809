"""A Word file becomes lines: paragraphs with the numbers Word would show, tables row by row."""

import io
import re
from collections.abc import Callable, Iterator
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from studyhub.library.errors import Unreadable
from studyhub.library.front_matter import MOTTOES
from studyhub.library.hazards import DAMAGED
from studyhub.library.lines import CELL_GAP
from studyhub.library.word_numbering import Numbering

_WORDS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT = qn("w:t")
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BROKEN = (PackageNotFoundError, BadZipFile, SyntaxError, KeyError, ValueError, AttributeError)
"""What python-docx and lxml raise on files that are not as they should be."""

_HEADING = re.compile(r"heading ([1-6])$", re.IGNORECASE)
_LAYOUT = re.compile(rf"{MOTTOES.pattern}|Nơi nhận|NƠI NHẬN")


def read(data: bytes, mend: Callable[[WordDocument], None] | None = None) -> str:
    """The document's text, one paragraph or table row a line; `mend` changes it before."""
    try:
        document = Document(io.BytesIO(data))
        if mend:
            mend(document)
        return "\n".join(_lines(document))
    except BROKEN as error:
        raise Unreadable(DAMAGED) from error


def _lines(document: WordDocument) -> Iterator[str]:
    numbering = Numbering(document)
    for block in _blocks(document):
        if isinstance(block, Table):
            yield from _table(block, numbering)
        else:
            yield from _paragraph(block, numbering)


def _blocks(document: WordDocument | _Cell) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in order, also those inside content controls."""
    # python-docx's own iteration passes content controls by, and its `text` tracked insertions.
    body = document._tc if isinstance(document, _Cell) else document.element.body
    return _blocks_within(body, document)


def _blocks_within(
    element: BaseOxmlElement, parent: WordDocument | _Cell
) -> Iterator[Paragraph | Table]:
    for child in element:
        if isinstance(child, CT_P):
            yield Paragraph(child, parent)
        elif isinstance(child, CT_Tbl):
            yield Table(child, parent)
        elif child.tag in _WRAPPERS:
            yield from _blocks_within(child, parent)


def _paragraph(paragraph: Paragraph, numbering: Numbering) -> Iterator[str]:
    text = _text(paragraph._p).strip()
    if not text:
        return
    first, *rest = (" ".join(line.split()) for line in text.splitlines() if line.strip())
    yield f"{_heading(paragraph)}{numbering.label(paragraph)}{first}"
    yield from rest


def _heading(paragraph: Paragraph) -> str:
    style = paragraph.style
    found = _HEADING.match((style.name or "") if style else "")
    return "#" * int(found[1]) + " " if found else ""


def _text(element: BaseOxmlElement) -> str:
    """Everything printed, also what stands in tracked insertions and text boxes."""
    return "".join(_pieces(element))


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _WORDS:
            yield _WORDS[child.tag]
        elif child.tag == qn("w:p"):
            yield f"\n{_text(child)}\n"
        elif child.tag not in (_FALLBACK, qn("w:pPr")):
            yield from _pieces(child)


def _table(table: Table, numbering: Numbering) -> Iterator[str]:
    rows = [[_cell(cell, numbering) for cell in _cells(table, at)] for at in range(len(table.rows))]
    if _is_layout(rows):
        yield from (line for row in rows for cell in row for line in cell)
        return
    for row in rows:
        line = CELL_GAP.join(" ".join(cell) for cell in row).strip(" |")
        if line:
            yield line


def _cells(table: Table, at: int) -> list[_Cell]:
    """A row's cells, each merged one once."""
    cells: list[_Cell] = []
    for cell in table.rows[at].cells:
        if not any(cell._tc is seen._tc for seen in cells):
            cells.append(cell)
    return cells


def _cell(cell: _Cell, numbering: Numbering) -> list[str]:
    lines: list[str] = []
    for block in _blocks(cell):
        lines.extend(
            _table(block, numbering) if isinstance(block, Table) else _paragraph(block, numbering)
        )
    return lines


def _is_layout(rows: list[list[list[str]]]) -> bool:
    """Letterheads and signatures are set as tables without lines: two cells side by side."""
    words = (line for row in rows for cell in row for line in cell)
    return all(len(row) <= 2 for row in rows) and any(_LAYOUT.search(line) for line in words)
