"""The questions and answers of a round as a Word document."""

from collections.abc import Sequence
from datetime import date

from studyhub.inquiries.queries import Published
from studyhub.printing.word_pages import blank, head, line, piece_of, saved
from studyhub.rounds.models import StudyRound


def answers_docx(round_: StudyRound, answered: Sequence[Published], *, day: date) -> bytes:
    """What was asked and answered in the sessions of the round, in their order."""
    unit = round_.unit
    document = blank(f"Hỏi đáp: {round_.title}", unit.name, round_.title)
    said = f"Ngày {day:%d} tháng {day:%m} năm {day.year}"
    head(document, above=unit.parent.name if unit.parent else "", cell=unit.name, day=said)
    line(document, "HỎI ĐÁP", size=16, bold=True, align="CENTER", style="Title")
    line(document, round_.title, bold=True, align="CENTER")
    line(document, "-----", align="CENTER")
    if not answered:
        line(document, "Chưa có câu hỏi nào được trả lời công khai.", italic=True)
    session = None
    for number, one in enumerate(answered, start=1):
        if one.session != session:
            session = one.session
            line(document, session or "Câu hỏi khác của đợt", style="Heading 2", bold=True)
        _asked(document, number, one)
    return saved(document)


def _asked(document: object, number: int, one: Published) -> None:
    title = line(document, f"Câu {number}. {one.text}", bold=True, align="JUSTIFY")
    title.paragraph_format.space_before = piece_of("shared").Pt(10)
    title.paragraph_format.keep_with_next = True
    told = [f"Đồng chí {one.asker} hỏi" if one.asker else "", one.topic]
    if one.asked_by_others:
        told.append(f"{one.asked_by_others} đồng chí khác cùng hỏi")
    if any(told):
        line(document, "; ".join(filter(None, told)), size=12, italic=True)
    for text in filter(str.strip, one.answer.splitlines()):
        paragraph = line(document, text, align="JUSTIFY")
        paragraph.paragraph_format.first_line_indent = piece_of("shared").Mm(10)
