"""A document as its reader marked it: found words and marked passages in the text, references.

The reading page, the pages of notes and the writing page all show this.
"""

from collections.abc import Sequence
from itertools import pairwise

from flask import url_for
from markupsafe import Markup, escape

from studyhub.access import scope
from studyhub.library import finding
from studyhub.library.models import Document, DocumentPart
from studyhub.notes import queries
from studyhub.notes.queries import Noted, Placed
from studyhub.web.documents import document_name
from studyhub.web.language import gettext
from studyhub.web.request import actor, db


def own(documents: Sequence[Document]) -> Sequence[Noted]:
    """What the person at the page marked in these: theirs, and nobody else's."""
    return queries.of_documents(db(), documents, visible=scope.own_notes(actor()))


def written(text: str, placed: Sequence[Placed] = (), words: str = "") -> Markup:
    """The text, escaped: found words in a <mark>, marked passages in one that names its note."""
    found = list(finding.spans(text, words)) if words else []
    ends = [place for span in found for place in span]
    ends += [place for one in placed for place in (one.spot.start, one.spot.end)]
    pieces = [
        _piece(text, start, end, found, placed)
        for start, end in pairwise(sorted({0, len(text), *ends}))
    ]
    return Markup("").join(pieces)


def _piece(
    text: str, start: int, end: int, found: list[tuple[int, int]], placed: Sequence[Placed]
) -> Markup:
    piece = escape(text[start:end])
    if any(first <= start and end <= last for first, last in found):
        piece = Markup("<mark>%s</mark>") % piece
    for one in reversed(placed):
        if one.spot.start <= start and end <= one.spot.end:
            piece = _noted(one, piece, begins=one.spot.start == start)
    return piece + Markup("").join(_sign(one) for one in placed if one.spot.end == end)


def _noted(one: Placed, piece: Markup, *, begins: bool) -> Markup:
    named = Markup(' id="note-%s"') % one.note.id if begins else ""
    return Markup('<mark class="noted" data-note="%s"%s>%s</mark>') % (one.note.id, named, piece)


def _sign(one: Placed) -> Markup:
    """Behind words with a note: where it is read and changed."""
    if not one.note.text:
        return Markup("")
    said = gettext("Note: %(text)s", text=one.note.text[:80])
    link = Markup('<a class="sign" href="%s" data-note="%s" data-said="%s" aria-label="%s"></a>')
    address = url_for("notes.edit", note_id=one.note.id)
    return link % (address, one.note.id, one.note.text, said)


def reference(document: Document, part: DocumentPart) -> str:
    """The document and the numbers of the parts a passage stands in: “…, I.2.a”."""
    numbers: list[str] = []
    level = part.level + 1
    for above in reversed(document.parts[: part.position + 1]):
        if above.level < level:
            level = above.level
            numbers.insert(0, above.number.rstrip(".)"))
    number = ".".join(filter(None, numbers))
    return ", ".join(filter(None, [document_name(document), number]))


def quotation(document: Document, one: Placed) -> str:
    """The marked words in « » with their reference, as the writing page quotes a passage."""
    return f"«{one.note.words}» ({reference(document, one.part)})"
