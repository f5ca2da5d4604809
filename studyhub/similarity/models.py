"""Which texts are known, the seeds they have, and what was found in each version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.essays.models import Version
from studyhub.kernel.database import Base
from studyhub.kernel.ids import DocumentId, new_uuid
from studyhub.library.models import Document


class KnownText(Base):
    """A version or a document that others are compared with.

    Its number is what the index remembers of it. No text is kept here.
    """

    __tablename__ = "similarity_text"
    __table_args__ = (
        CheckConstraint("(version_id IS NULL) != (document_id IS NULL)", name="one_of_both"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    version_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Version.id, ondelete="CASCADE"), unique=True
    )
    document_id: Mapped[DocumentId | None] = mapped_column(
        ForeignKey(Document.id, ondelete="CASCADE"), unique=True
    )


class Bucket(Base):
    """A bucket of the index: packed entries, see `postings`."""

    __tablename__ = "similarity_bucket"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[bytes] = mapped_column(LargeBinary)


class Extent(Base):
    """The one row that says how many buckets there are; who changes the index holds it."""

    __tablename__ = "similarity_extent"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    buckets: Mapped[int]
    entries: Mapped[int]


class Examination(Base):
    """That a version was compared, and what needs no source: offsets into its text.

    `stretches` has the template (`template`) and words with hidden characters or
    look-alike letters (`disguised`).
    """

    __tablename__ = "similarity_examination"

    version_id: Mapped[UUID] = mapped_column(
        ForeignKey(Version.id, ondelete="CASCADE"), primary_key=True
    )
    length: Mapped[int]
    stretches: Mapped[dict[str, Any]]
    compared_at: Mapped[datetime]


class SharedPassage(Base):
    """A passage of a version that also stands in a document, or in another's version."""

    __tablename__ = "similarity_passage"
    __table_args__ = (
        CheckConstraint(
            "(source_version_id IS NULL) != (source_document_id IS NULL)", name="one_source"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id, ondelete="CASCADE"), index=True)
    source_version_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Version.id, ondelete="CASCADE"), index=True
    )
    source_document_id: Mapped[DocumentId | None] = mapped_column(
        ForeignKey(Document.id, ondelete="CASCADE"), index=True
    )
    start: Mapped[int]
    end: Mapped[int]
    source_start: Mapped[int]
    source_end: Mapped[int]
