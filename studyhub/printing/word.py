"""An essay as a Word document, laid out like the PDF and open to be worked on."""

import importlib
import io
from datetime import tzinfo
from functools import cache
from typing import Any

from studyhub.essays.models import Version
from studyhub.printing.facts import Part, Sheet, sheet
from studyhub.printing.lists import is_item

FONT = "Times New Roman"
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}
"""In millimetres, as for every party document."""


def essay_docx(version: Version, *, zone: tzinfo, blind: str = "") -> bytes:
    """The version as a party document, as `papers.essay_pdf` lays it out."""
    facts = sheet(version, zone=zone, blind=blind)
    document = _blank(facts)
    _head(document, facts)
    _line(document, "BÀI THU HOẠCH", size=16, bold=True, align="CENTER", style="Title")
    _line(document, facts.round, bold=True, align="CENTER")
    _line(document, "-----", align="CENTER")
    _about(document, facts)
    for part in facts.parts:
        _part(document, part)
    _signed(document, facts)
    return _saved(document)


def _blank(facts: Sheet) -> Any:
    document = _docx().Document()
    document.core_properties.title = facts.title[:255]
    document.core_properties.author = facts.author[:255]
    document.core_properties.language = "vi-VN"
    document.core_properties.comments = ""
    section, shared = document.sections[0], _part_of("shared")
    section.page_width, section.page_height = shared.Mm(210), shared.Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", shared.Mm(width))
    for name in ("Normal", "Title", "Heading 2"):
        _plain(document.styles[name])
    foot = section.footer.paragraphs[0]
    foot.add_run(f"Mã biên nhận {facts.code}").font.size = shared.Pt(10)
    return document


def _plain(style: Any) -> None:
    """Without the colours and the lines that Word gives to its headings."""
    shared, namespace = _part_of("shared"), _part_of("oxml.ns")
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


def _head(document: Any, facts: Sheet) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    for width, cell in ((75, left), (90, right)):
        cell.width = _part_of("shared").Mm(width)
    first = facts.above or facts.cell
    _fill(left.paragraphs[0], first, bold=not facts.above)
    if facts.above:
        _fill(left.add_paragraph(), facts.cell, bold=True)
    _fill(left.add_paragraph(), "*")
    _fill(right.paragraphs[0], "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True, underline=True)
    _fill(right.add_paragraph(), facts.day, italic=True)
    document.add_paragraph()


def _about(document: Any, facts: Sheet) -> None:
    _line(document, "Họ và tên: ").add_run(facts.author).bold = True
    _line(document, f"Sinh hoạt tại: {facts.cell_name}")
    if facts.number > 1:
        _line(document, f"Bản nộp lần thứ {facts.number}")
    for told in (facts.withdrawn, facts.on_behalf, facts.written_by_hand):
        if told:
            _line(document, told, italic=True)


def _part(document: Any, part: Part) -> None:
    _line(
        document, part.title, style="Heading 2", bold=True
    ).paragraph_format.space_before = _part_of("shared").Pt(12)
    for line in part.lines:
        paragraph = _line(document, line, align="JUSTIFY")
        if is_item(line):
            paragraph.paragraph_format.left_indent = _part_of("shared").Mm(15)
            paragraph.paragraph_format.first_line_indent = _part_of("shared").Mm(-5)
        else:
            paragraph.paragraph_format.first_line_indent = _part_of("shared").Mm(10)
    if not part.lines:
        _line(document, "(Phần này không viết.)", italic=True)


def _signed(document: Any, facts: Sheet) -> None:
    for told in ("NGƯỜI VIẾT", "", "", facts.author):
        paragraph = _line(document, told, bold=True, align="CENTER")
        paragraph.paragraph_format.left_indent = _part_of("shared").Mm(80)
        paragraph.paragraph_format.keep_with_next = True
    told = f"Nộp qua StudyHub lúc {facts.handed_in}. {facts.in_time}."
    _line(document, told, size=11, italic=True)
    _line(document, f"Mã biên nhận: {facts.code}", size=11)
    _line(document, f"Giá trị kiểm tra (SHA-256): {facts.hash}", size=11)


def _line(
    document: Any, text: str, *, style: str = "Normal", align: str = "LEFT", **look: Any
) -> Any:
    paragraph = document.add_paragraph(style=style)
    return _fill(paragraph, text, align=align, **look)


def _fill(
    paragraph: Any,
    text: str,
    *,
    size: int = 14,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: str = "CENTER",
) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    run.font.size = _part_of("shared").Pt(size)
    paragraph.alignment = getattr(_part_of("enum.text").WD_ALIGN_PARAGRAPH, align)
    return paragraph


def _saved(document: Any) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@cache
def _docx() -> Any:
    """Loaded when the first document is written: it takes half a second."""
    return importlib.import_module("docx")


@cache
def _part_of(name: str) -> Any:
    return importlib.import_module(f"docx.{name}")
