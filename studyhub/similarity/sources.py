"""The texts a version is compared with, as they stand in the database."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.ids import DocumentId, UserId
from studyhub.library.models import DocumentPart
from studyhub.similarity import texts
from studyhub.similarity.models import KnownText
from studyhub.similarity.reading import Reading, read


def stands() -> ColumnElement[bool]:
    """Versions others may be compared with: handed in, and not taken back unread."""
    return or_(Essay.state != State.DRAFT, Version.reading_began_at.is_not(None))


def by_others(db: Session, numbers: Iterable[int], author_id: UserId) -> list[int]:
    """Those of these numbers that are versions of others, in the order given."""
    wanted = list(numbers)
    rows = db.scalars(
        select(KnownText.number)
        .join(Version, KnownText.version_id == Version.id)
        .join(Version.essay)
        .where(KnownText.number.in_(wanted), Essay.author_id != author_id, stands())
    )
    found = set(rows)
    return [number for number in wanted if number in found]


def documents_among(
    db: Session, numbers: Iterable[int], always: Iterable[DocumentId]
) -> dict[int, DocumentId]:
    """The documents among these numbers, and those of the round in any case."""
    rows = db.execute(
        select(KnownText.number, KnownText.document_id).where(
            KnownText.document_id.is_not(None),
            or_(KnownText.number.in_(list(numbers)), KnownText.document_id.in_(list(always))),
        )
    )
    return {number: document_id for number, document_id in rows if document_id}


def versions_of(db: Session, numbers: Iterable[int]) -> dict[int, UUID]:
    """Which versions these numbers stand for."""
    rows = db.execute(
        select(KnownText.number, KnownText.version_id).where(
            KnownText.number.in_(list(numbers)), KnownText.version_id.is_not(None)
        )
    )
    return {number: version_id for number, version_id in rows if version_id}


def read_versions(db: Session, numbers: Sequence[int]) -> dict[int, Reading]:
    """The versions of these numbers, read."""
    rows = db.execute(
        select(KnownText.number, Version.parts)
        .join(Version, KnownText.version_id == Version.id)
        .where(KnownText.number.in_(numbers))
    )
    return {number: read(texts.of_version(parts)) for number, parts in rows}


def read_documents(db: Session, known: Mapping[int, DocumentId]) -> dict[int, Reading]:
    """These documents, read."""
    written = texts_of_documents(db, known.values())
    return {
        number: read(written[document_id])
        for number, document_id in known.items()
        if document_id in written
    }


def texts_of_documents(db: Session, ids: Iterable[DocumentId]) -> dict[DocumentId, str]:
    """The texts of these documents, as they are compared."""
    parts: dict[DocumentId, list[DocumentPart]] = {}
    for part in db.scalars(
        select(DocumentPart)
        .where(DocumentPart.document_id.in_(list(ids)))
        .order_by(DocumentPart.document_id, DocumentPart.position)
    ):
        parts.setdefault(part.document_id, []).append(part)
    return {document_id: texts.of_document(found) for document_id, found in parts.items()}
