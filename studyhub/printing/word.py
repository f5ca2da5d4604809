"""An essay as a Word document, laid out like the PDF and open to be worked on."""

from datetime import tzinfo
from typing import Any

from studyhub.essays.models import Version
from studyhub.printing.facts import Sheet, sheet
from studyhub.printing.word_pages import blank, head, line, part, piece_of, saved


def essay_docx(version: Version, *, zone: tzinfo, blind: str = "") -> bytes:
    """The version as a party document, as `papers.essay_pdf` lays it out."""
    facts = sheet(version, zone=zone, blind=blind)
    document = blank(facts.title, facts.author, f"Mã biên nhận {facts.code}")
    head(document, above=facts.above, cell=facts.cell, day=facts.day)
    line(document, "BÀI THU HOẠCH", size=16, bold=True, align="CENTER", style="Title")
    line(document, facts.round, bold=True, align="CENTER")
    line(document, "-----", align="CENTER")
    _about(document, facts)
    for one in facts.parts:
        part(document, one)
    _signed(document, facts)
    return saved(document)


def _about(document: Any, facts: Sheet) -> None:
    line(document, "Họ và tên: ").add_run(facts.author).bold = True
    line(document, f"Sinh hoạt tại: {facts.cell_name}")
    if facts.number > 1:
        line(document, f"Bản nộp lần thứ {facts.number}")
    for told in (facts.withdrawn, facts.on_behalf, facts.written_by_hand):
        if told:
            line(document, told, italic=True)


def _signed(document: Any, facts: Sheet) -> None:
    for told in ("NGƯỜI VIẾT", "", "", facts.author):
        paragraph = line(document, told, bold=True, align="CENTER")
        paragraph.paragraph_format.left_indent = piece_of("shared").Mm(80)
        paragraph.paragraph_format.keep_with_next = True
    told = f"Nộp qua StudyHub lúc {facts.handed_in}. {facts.in_time}."
    line(document, told, size=11, italic=True)
    line(document, f"Mã biên nhận: {facts.code}", size=11)
    line(document, f"Giá trị kiểm tra (SHA-256): {facts.hash}", size=11)
