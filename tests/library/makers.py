"""Files made for a test: the same lines as Word (plain, or numbered by Word) and as PDF."""

import io
import json
import re
import zipfile

import typst
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

MARKER = re.compile(r"(?P<number>Điều \d+\.|[IVX]+\.|\d+\.|[a-zđ]\)|-)\s+(?P<rest>\S.*)")

ROMAN, DECIMAL, BULLET, ARTICLE = "1", "2", "3", "4"

_PAGE = """
#set page(paper: "a4", margin: (left: 30mm, rest: 20mm), numbering: "1", header: [Tài liệu học tập])
#set text(size: 14pt, lang: "vi", hyphenate: false)
#set par(justify: true, first-line-indent: (amount: 10mm, all: true), spacing: 1.1em)
#for line in json(bytes(sys.inputs.lines)) [ #par(line) ]
"""


def word(lines: list[str]) -> bytes:
    """Every line a paragraph, its number typed by hand."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def word_numbered(lines: list[str]) -> bytes:
    """Every number left to Word: what is typed is only the words after it."""
    document = Document()
    _define_lists(document)
    for line in lines:
        _add_numbered(document, line)
    return saved(document)


def pdf(lines: list[str]) -> bytes:
    """Set on A4 with a running head, page numbers and justified lines."""
    made = typst.compile(_PAGE.encode(), sys_inputs={"lines": json.dumps(lines)})
    assert isinstance(made, bytes)
    return made


def saved(document: WordDocument) -> bytes:
    """The document's bytes."""
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def _add_numbered(document: WordDocument, line: str) -> None:
    found = MARKER.match(line)
    place = _place(found["number"]) if found else None
    if not found or not place:
        document.add_paragraph(line)
        return
    number, depth = place
    properties = document.add_paragraph(found["rest"])._p.get_or_add_pPr()
    listed = properties.get_or_add_numPr()
    listed.get_or_add_numId().val = int(number)
    listed.get_or_add_ilvl().val = depth


def _place(number: str) -> tuple[str, int] | None:
    """Word's lowerLetter knows no đ and no gaps, so letters stay typed, as people do it."""
    if number.startswith("Điều"):
        return ARTICLE, 0
    if number == "-":
        return BULLET, 0
    if number[0].isdigit():
        return ROMAN, 1
    return (ROMAN, 0) if number[0].isupper() else None


def _define_lists(document: WordDocument) -> None:
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for at, levels in enumerate(
        (
            [("upperRoman", "%1."), ("decimal", "%2.")],
            [("decimal", "%1.")],
            [("bullet", "\uf02d")],
            [("decimal", "Điều %1.")],
        )
    ):
        numbering.append(parse_xml(_abstract(at, levels)))
    for number in (ROMAN, DECIMAL, BULLET, ARTICLE):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}">'
                f'<w:abstractNumId w:val="{int(number) - 1}"/></w:num>'
            )
        )


def _abstract(at: int, levels: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (shape, pattern) in enumerate(levels)
    )
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{at}">{inner}</w:abstractNum>'


def word_of_empty_elements(size: int) -> bytes:
    """A Word file with as many bytes of tiny elements, not compressed: modest to look at."""
    into = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(["x"]))) as good,
        zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as made,
    ):
        for name in good.namelist():
            data = good.read(name)
            if name == "word/document.xml":
                data = data.replace(b"</w:body>", b"<a/>" * (size // 4) + b"</w:body>")
            made.writestr(name, data)
    return into.getvalue()
