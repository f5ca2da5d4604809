"""What comes with a document: annexes to download, slides shown page by page as pictures."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Line, Name
from studyhub.kernel.ids import DocumentId, UserId, new_uuid
from studyhub.library.models import Document


class Drawn(StrEnum):
    """How far the pictures of its pages are."""

    NEVER = "never"
    IN_WORK = "in_work"
    READY = "ready"
    UNREADABLE = "unreadable"


class Attachment(Base):
    """A file that belongs to a document.

    A PDF (`pdf_key`) is also shown as pictures of its pages; of slides made with another program
    both are kept: the file itself, and the PDF it was saved as. `refusal` is why the PDF could not
    be drawn: a message id and its values.
    """

    __tablename__ = "document_attachment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    document_id: Mapped[DocumentId] = mapped_column(ForeignKey(Document.id), index=True)
    title: Mapped[Name]
    file_key: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[Line]
    pdf_key: Mapped[str] = mapped_column(String(64), default="")
    drawn: Mapped[Drawn] = mapped_column(default=Drawn.NEVER)
    page_count: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[dict[str, Any] | None]
    added_at: Mapped[datetime]
    added_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))

    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)
    pages: Mapped[list["AttachmentPage"]] = relationship(
        order_by="AttachmentPage.position", cascade="all, delete-orphan"
    )


class AttachmentPage(Base):
    """The picture of one page, and the words on it: for ears, and for slow lines."""

    __tablename__ = "attachment_page"
    __table_args__ = (UniqueConstraint("attachment_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    attachment_id: Mapped[UUID] = mapped_column(ForeignKey(Attachment.id), index=True)
    position: Mapped[int]
    picture_key: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
