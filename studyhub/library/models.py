"""Documents, their parts, and how far each person has read."""

import re
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Line, Name
from studyhub.kernel.ids import DocumentId, UserId, new_uuid
from studyhub.kernel.vietnamese import fold
from studyhub.library.front_matter import DocumentType
from studyhub.library.labels import label_of


class Document(Base):
    """A resolution or another document to study, with the file it came from."""

    __tablename__ = "document"

    id: Mapped[DocumentId] = mapped_column(primary_key=True, default=new_uuid)
    type: Mapped[DocumentType]
    number: Mapped[str] = mapped_column(String(100), default="")
    issuer: Mapped[Line]
    place: Mapped[Line]
    issued_on: Mapped[date | None]
    subject: Mapped[Line]
    file_key: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[Line]
    added_at: Mapped[datetime]
    added_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))

    parts: Mapped[list["DocumentPart"]] = relationship(
        back_populates="document",
        order_by="DocumentPart.position",
        cascade="all, delete-orphan",
    )


def words_in(text: str) -> list[str]:
    """The words of a text, lower case, without marks or signs: «57-NQ/TW» is 57, nq, tw."""
    return re.findall(r"\w+", fold(text))


def _folded(row: DefaultExecutionContext) -> str:
    """Number, title and paragraphs of a part as its words, a space before each."""
    part = row.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    texts = (part["number"], part["title"], *part["paragraphs"])
    return "".join(f" {word}" for text in texts for word in words_in(text))


class DocumentPart(Base):
    """One numbered part, in reading order; a child follows its parent with a higher level."""

    __tablename__ = "document_part"
    __table_args__ = (UniqueConstraint("document_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    document_id: Mapped[DocumentId] = mapped_column(ForeignKey(Document.id), index=True)
    position: Mapped[int]
    level: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[Line]
    anchor: Mapped[Name]
    paragraphs: Mapped[list[str]]
    folded: Mapped[str] = mapped_column(Text, default=_folded, server_default="", deferred=True)
    """All its words without marks or capitals, for looking into every document at once
    (`library.searching`): made from the others when the row is, and loaded nowhere else."""

    document: Mapped[Document] = relationship(back_populates="parts")

    @property
    def label(self) -> str:
        """What an outline shows: the number, and the title or the first words."""
        return label_of(self.number, self.title, self.paragraphs)


class Reading(Base):
    """Where a person is in a document, and when they said they had read it."""

    __tablename__ = "reading"

    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    document_id: Mapped[DocumentId] = mapped_column(
        ForeignKey(Document.id), primary_key=True, index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    furthest: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
