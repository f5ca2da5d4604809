"""Looking into the texts of all documents at once, without minding marks or capitals.

Each part keeps its words folded in a column of its own (`DocumentPart.folded`): the same search on
every database, and “chuyen doi so” finds «Chuyển đổi số». A part is found when it has, for each
word, one that begins so; where they stand one behind the other, the place is shown first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.kernel.ids import DocumentId
from studyhub.kernel.vietnamese import tidy
from studyhub.library import finding
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document, DocumentPart, words_in

MOST_WORDS = 12
MOST_DOCUMENTS = 20
PLACES = 3
"""Of each document so many places are shown; the document itself shows all."""


@dataclass(frozen=True)
class Place:
    """A part of a document in which the words stand."""

    part: DocumentPart
    words: str
    """What to look for in the document itself: all the words, or the longest of them."""
    excerpt: str


@dataclass(frozen=True)
class FoundIn:
    """A document with these words in its text: some places, and in how many parts they stand."""

    document: Document
    places: Sequence[Place]
    parts: int


def search(
    db: Session, words: str, *, type_: DocumentType | None = None, limit: int = MOST_DOCUMENTS
) -> Sequence[FoundIn]:
    """The documents in whose text all these words stand in one part, the newest first.

    Two questions, whatever is found. Nothing is found by less than two letters.
    """
    wanted = words_in(words)[:MOST_WORDS]
    if len("".join(wanted)) < finding.SHORTEST:
        return []
    counted = {row.document_id: row.parts for row in db.execute(_counted(wanted, type_, limit))}
    places = db.scalars(_best(wanted, list(counted))) if counted else ()
    found = groupby(places, key=lambda part: part.document)
    return [
        FoundIn(document, [_place(part, words) for part in parts], counted[document.id])
        for document, parts in found
    ]


def _holds(wanted: Sequence[str]) -> list[ColumnElement[bool]]:
    return [DocumentPart.folded.contains(f" {word}", autoescape=True) for word in wanted]


def _counted(
    wanted: Sequence[str], type_: DocumentType | None, limit: int
) -> Select[DocumentId, int]:
    """In how many parts of which documents."""
    counted = (
        select(DocumentPart.document_id, func.count().label("parts"))
        .join(DocumentPart.document)
        .where(*_holds(wanted))
        .group_by(DocumentPart.document_id, Document.issued_on, Document.added_at)
        .order_by(Document.issued_on.desc().nulls_last(), Document.added_at.desc())
        .limit(limit)
    )
    return counted.where(Document.type == type_) if type_ else counted


def _best(wanted: Sequence[str], ids: Sequence[DocumentId]) -> Select[DocumentPart]:
    """The first places of each: where the words stand together before where they do not."""
    together = DocumentPart.folded.contains(f" {' '.join(wanted)}", autoescape=True)
    rank = (
        func.row_number()
        .over(
            partition_by=DocumentPart.document_id,
            order_by=(case((together, 0), else_=1), DocumentPart.position),
        )
        .label("rank")
    )
    ranked = (
        select(DocumentPart.id, rank)
        .where(DocumentPart.document_id.in_(ids), *_holds(wanted))
        .subquery()
    )
    return (
        select(DocumentPart)
        .join(ranked, and_(ranked.c.id == DocumentPart.id, ranked.c.rank <= PLACES))
        .join(DocumentPart.document)
        .options(contains_eager(DocumentPart.document))
        .order_by(
            Document.issued_on.desc().nulls_last(),
            Document.added_at.desc(),
            Document.id,
            ranked.c.rank,
        )
    )


def _place(part: DocumentPart, words: str) -> Place:
    """What is shown of a part: a piece of text around the words, or around the longest of them."""
    texts = [f"{part.number} {part.title}".strip(), *part.paragraphs]
    for sought in (tidy(words), max(tidy(words).split(), key=len)):
        for text in texts:
            if finding.count(text, sought):
                return Place(part, sought, finding.excerpt(text, sought))
    return Place(part, "", part.label)
