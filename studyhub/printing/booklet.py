"""Many essays in one booklet, as PDF and as Word document, each with a table of contents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studyhub.printing.facts import UNPRINTABLE, Part, breakable, capitals, clean
from studyhub.printing.lists import is_item
from studyhub.printing.typesetting import typeset
from studyhub.printing.word_pages import blank, head, line, part, piece_of, saved

KIND = "KỶ YẾU BÀI THU HOẠCH TỐT"


@dataclass(frozen=True)
class Piece:
    """One essay: how it is headed, of whom it is (perhaps of nobody named), its parts."""

    title: str
    by: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Group:
    """The essays of one round."""

    title: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Booklet:
    """Everything that is printed, in the order in which it stands."""

    above: str
    unit: str
    day: str
    subject: str
    about: Sequence[str]
    groups: Sequence[Group]

    @property
    def title(self) -> str:
        """How the file calls itself."""
        return f"Kỷ yếu bài thu hoạch tốt: {clean(self.subject)}"

    @property
    def foot(self) -> str:
        """What stands at the foot of every page."""
        return clean(self.subject)[:90]


def booklet_pdf(booklet: Booklet) -> bytes:
    """The booklet as a party document that programs for the blind can read."""
    data = {
        "title": booklet.title,
        "author": clean(booklet.unit),
        "above": breakable(capitals(booklet.above)),
        "cell": breakable(capitals(booklet.unit)),
        "day": booklet.day,
        "foot": breakable(booklet.foot),
        "kind": KIND,
        "subject": breakable(clean(booklet.subject)),
        "about": [breakable(clean(told)) for told in booklet.about],
        "groups": [
            {
                "title": breakable(clean(group.title)),
                "essays": [_piece(one) for one in group.pieces],
            }
            for group in booklet.groups
        ],
    }
    return typeset("booklet", data, unprintable=UNPRINTABLE)


def booklet_docx(booklet: Booklet) -> bytes:
    """The same for Word; the contents lead to their places and count the pages when opened."""
    document = blank(booklet.title, booklet.unit, booklet.foot)
    head(document, above=capitals(booklet.above), cell=capitals(booklet.unit), day=booklet.day)
    line(document, KIND, size=16, bold=True, align="CENTER", style="Title")
    line(document, clean(booklet.subject), bold=True, align="CENTER")
    line(document, "-----", align="CENTER")
    for told in booklet.about:
        line(document, clean(told))
    single = len(booklet.groups) == 1
    _contents(document, booklet, single=single)
    for at, group in enumerate(booklet.groups):
        _group(document, group, at, single=single)
    return saved(document)


def _group(document: Any, group: Group, at: int, *, single: bool) -> None:
    if not single:
        _headed(document, clean(group.title), 1, f"r{at}", new_page=True)
    level = 1 if single else 2
    for place, one in enumerate(group.pieces):
        new_page = single or place > 0
        _headed(document, clean(one.title), level, f"b{at}_{place}", new_page=new_page)
        if one.by:
            line(document, clean(one.by), italic=True)
        for each in one.parts:
            part(document, each, style=f"Heading {level + 1}")


def _piece(one: Piece) -> dict[str, Any]:
    return {
        "title": breakable(clean(one.title)),
        "by": breakable(clean(one.by)),
        "parts": [
            {
                "title": breakable(each.title),
                "lines": [{"text": breakable(text), "item": is_item(text)} for text in each.lines],
            }
            for each in one.parts
        ],
    }


def _contents(document: Any, booklet: Booklet, *, single: bool) -> None:
    """Ready to be read as it is: Word is asked for the numbers of the pages only."""
    line(document, "MỤC LỤC", bold=True, align="CENTER").paragraph_format.space_before = piece_of(
        "shared"
    ).Pt(12)
    for at, group in enumerate(booklet.groups):
        if not single:
            _entry(document, clean(group.title), f"r{at}", indent=0)
        for place, one in enumerate(group.pieces):
            _entry(document, clean(one.title), f"b{at}_{place}", indent=0 if single else 6)


def _entry(document: Any, title: str, mark: str, *, indent: int) -> None:
    shared, text = piece_of("shared"), piece_of("enum.text")
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent, form.space_after = shared.Mm(indent), shared.Pt(3)
    form.tab_stops.add_tab_stop(
        shared.Mm(165), text.WD_TAB_ALIGNMENT.RIGHT, text.WD_TAB_LEADER.DOTS
    )
    link = _element("w:hyperlink", {"w:anchor": mark, "w:history": "1"})
    link.append(_run(_said(title)))
    link.append(_run(_element("w:tab", {})))
    link.append(_run(_element("w:fldChar", {"w:fldCharType": "begin", "w:dirty": "true"})))
    told = _element("w:instrText", {"xml:space": "preserve"})
    told.text = f" PAGEREF {mark} \\h "
    link.append(_run(told))
    link.append(_run(_element("w:fldChar", {"w:fldCharType": "separate"})))
    link.append(_run(_said("…")))
    link.append(_run(_element("w:fldChar", {"w:fldCharType": "end"})))
    paragraph._p.append(link)


def _headed(document: Any, title: str, level: int, mark: str, *, new_page: bool) -> None:
    paragraph = line(document, title, style=f"Heading {level}", bold=True)
    paragraph.paragraph_format.page_break_before = new_page
    number = str(int.from_bytes(mark.encode()) % 2**31)
    begin = _element("w:bookmarkStart", {"w:id": number, "w:name": mark})
    paragraph._p.insert(1, begin)
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))


def _element(name: str, attributes: dict[str, str]) -> Any:
    namespace = piece_of("oxml.ns")
    made = piece_of("oxml").OxmlElement(name)
    for key, value in attributes.items():
        made.set(namespace.qn(key), value)
    return made


def _run(inside: Any) -> Any:
    made = _element("w:r", {})
    made.append(inside)
    return made


def _said(words: str) -> Any:
    made = _element("w:t", {"xml:space": "preserve"})
    made.text = words
    return made
