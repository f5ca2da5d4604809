"""The parts of every Word document: the page, the head of a party document, lines, parts."""

import importlib
import io
from functools import cache
from typing import Any

from studyhub.printing.facts import Part
from studyhub.printing.lists import is_item

FONT = "Times New Roman"
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}
"""In millimetres, as for every party document."""

STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4")


def blank(title: str, author: str, foot: str) -> Any:
    """A document of A4 that knows its title, its author and its language."""
    document = _docx().Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = author[:255]
    document.core_properties.language = "vi-VN"
    document.core_properties.comments = ""
    section, shared = document.sections[0], piece_of("shared")
    section.page_width, section.page_height = shared.Mm(210), shared.Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", shared.Mm(width))
    for name in STYLES:
        _plain(document.styles[name])
    section.footer.paragraphs[0].add_run(foot).font.size = shared.Pt(10)
    return document


def _plain(style: Any) -> None:
    """Without the colours and the lines that Word gives to its headings."""
    shared, namespace = piece_of("shared"), piece_of("oxml.ns")
    style.font.name, style.font.size = FONT, shared.Pt(14)
    style.font.color.rgb = shared.RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(namespace.qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(namespace.qn(f"w:{kind}"), FONT)
    for border in style.element.findall(f".//{namespace.qn('w:pBdr')}"):
        border.getparent().remove(border)
    style.paragraph_format.space_before = shared.Pt(0)
    style.paragraph_format.space_after = shared.Pt(6)


def head(document: Any, *, above: str, cell: str, day: str) -> None:
    """Superior and issuing body left, the name of the Party and the day right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    for width, half in ((75, left), (90, right)):
        half.width = piece_of("shared").Mm(width)
    first = above or cell
    fill(left.paragraphs[0], first, bold=not above)
    if above:
        fill(left.add_paragraph(), cell, bold=True)
    fill(left.add_paragraph(), "*")
    fill(right.paragraphs[0], "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True, underline=True)
    fill(right.add_paragraph(), day, italic=True)
    document.add_paragraph()


def part(document: Any, told: Part, *, style: str = "Heading 2") -> None:
    """A part of an essay: its title and its paragraphs."""
    title = line(document, told.title, style=style, bold=True)
    title.paragraph_format.space_before = piece_of("shared").Pt(12)
    for text in told.lines:
        paragraph = line(document, text, align="JUSTIFY")
        if is_item(text):
            paragraph.paragraph_format.left_indent = piece_of("shared").Mm(15)
            paragraph.paragraph_format.first_line_indent = piece_of("shared").Mm(-5)
        else:
            paragraph.paragraph_format.first_line_indent = piece_of("shared").Mm(10)
    if not told.lines:
        line(document, "(Phần này không viết.)", italic=True)


def line(
    document: Any, text: str, *, style: str = "Normal", align: str = "LEFT", **look: Any
) -> Any:
    """A paragraph of its own."""
    paragraph = document.add_paragraph(style=style)
    return fill(paragraph, text, align=align, **look)


def fill(
    paragraph: Any,
    text: str,
    *,
    size: int = 14,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: str = "CENTER",
) -> Any:
    """Words at the end of a paragraph, which is laid out like them."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    run.font.size = piece_of("shared").Pt(size)
    paragraph.alignment = getattr(piece_of("enum.text").WD_ALIGN_PARAGRAPH, align)
    return paragraph


def saved(document: Any) -> bytes:
    """The document as a file."""
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@cache
def _docx() -> Any:
    """Loaded when the first document is written: it takes half a second."""
    return importlib.import_module("docx")


@cache
def piece_of(name: str) -> Any:
    """A part of the library, loaded with it."""
    return importlib.import_module(f"docx.{name}")
