"""The texts a version is compared with, as they stand in the database."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, defer

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


def by_others(db: Session, numbers: Iterable[int], author_id: UserId) -> dict[int, UUID]:
    """Those of these numbers that are versions of others, in the order given: which they are."""
    wanted = list(numbers)
    rows = db.execute(
        select(KnownText.number, Version.id)
        .join(Version, KnownText.version_id == Version.id)
        .join(Version.essay)
        .where(KnownText.number.in_(wanted), Essay.author_id != author_id, stands())
    )
    found = dict(iter(rows))
    return {number: found[number] for number in wanted if number in found}


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


def versions_of(db: Session, numbers: Iterable[int]) -> dict[int, Version]:
    """Which versions these numbers stand for; without their texts."""
    rows = db.execute(
        select(KnownText.number, Version)
        .join(Version, KnownText.version_id == Version.id)
        .where(KnownText.number.in_(list(numbers)))
        .options(defer(Version.parts))
    )
    return dict(iter(rows))


def read_versions(db: Session, ids: Sequence[UUID]) -> dict[UUID, Reading]:
    """These versions, read."""
    rows = db.execute(select(Version.id, Version.parts).where(Version.id.in_(ids)))
    return {version_id: read(texts.of_version(parts)) for version_id, parts in rows}


def read_documents(db: Session, ids: Iterable[DocumentId]) -> dict[DocumentId, Reading]:
    """These documents, read."""
    return {which: read(written) for which, written in texts_of_documents(db, ids).items()}


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
