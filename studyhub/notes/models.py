"""A passage that somebody marked in a document, perhaps with a note."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Name, Prose
from studyhub.kernel.ids import DocumentId, UserId, new_uuid
from studyhub.library.models import Document


class Note(Base):
    """Marked words; where they stood when they were marked, and what they were.

    The place is told by numbers and not by the row of the part: a correction writes the
    parts anew. Where the words stand now, `anchoring` finds.
    """

    __tablename__ = "reader_note"
    __table_args__ = (Index(None, "user_id", "document_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    document_id: Mapped[DocumentId] = mapped_column(ForeignKey(Document.id), index=True)
    anchor: Mapped[Name]
    part: Mapped[int]
    paragraph: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    text: Mapped[Prose]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """Taken away, and to be put back for a day."""

    document: Mapped[Document] = relationship()
