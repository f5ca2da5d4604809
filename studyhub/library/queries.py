"""What the library holds, and where a person is in it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.kernel.ids import DocumentId
from studyhub.kernel.vietnamese import fold, tidy
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document, DocumentPart, Reading


def documents(
    db: Session, *, words: str = "", type_: DocumentType | None = None
) -> Sequence[Document]:
    """Those whose number, subject or issuer hold every word, without minding marks; newest first.

    A library has hundreds of documents, not millions: the words are looked for here,
    where “nghi quyet” finds “Nghị quyết” on every database.
    """
    newest = select(Document).order_by(
        Document.issued_on.desc().nulls_last(), Document.added_at.desc()
    )
    found = db.scalars(newest.where(Document.type == type_) if type_ else newest)
    wanted = fold(tidy(words)).split()
    return [document for document in found if _holds(document, wanted)]


def _holds(document: Document, wanted: Sequence[str]) -> bool:
    said = fold(f"{document.number} {document.subject} {document.issuer}")
    return all(word in said for word in wanted)


def counts_of_parts(db: Session, ids: Sequence[DocumentId]) -> Mapping[DocumentId, int]:
    """How many parts each of these documents has."""
    counted = (
        select(DocumentPart.document_id, func.count().label("parts"))
        .where(DocumentPart.document_id.in_(ids))
        .group_by(DocumentPart.document_id)
    )
    return {found.document_id: found.parts for found in db.execute(counted)}


def readings_of(
    db: Session, user_id: UUID, ids: Sequence[DocumentId]
) -> Mapping[DocumentId, Reading]:
    """Where the person is in each of these documents; those never opened are left out."""
    kept = select(Reading).where(Reading.user_id == user_id, Reading.document_id.in_(ids))
    return {reading.document_id: reading for reading in db.scalars(kept)}


def reading_of(db: Session, user_id: UUID, document: Document) -> Reading | None:
    """Where the person is in this document."""
    return db.get(Reading, (user_id, document.id))


def same_document(db: Session, front: FrontMatter) -> Document | None:
    """The document of this number, issuer and day, if the library holds it."""
    alike = db.scalars(
        select(Document).where(
            Document.number == front.number, Document.issued_on == front.issued_on
        )
    )
    wanted = fold(front.issuer)
    return next((found for found in alike if fold(found.issuer) == wanted), None)
