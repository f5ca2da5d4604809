"""The file an essay was taken from, kept as it came; and photos that arrive in pieces."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.accounts.models import User
from studyhub.essays.models import Essay
from studyhub.essays.page import Page
from studyhub.kernel.database import Base, Line, Name
from studyhub.kernel.ids import EssayId, UserId, new_uuid
from studyhub.papers.kinds import Kind


class Original(Base):
    """A file whose text was taken over into the draft of an essay."""

    __tablename__ = "essay_original"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), index=True)
    file_key: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[Line]
    kind: Mapped[Kind]
    added_at: Mapped[datetime]


class Arrival(Base):
    """A photo on its way from a browser: how much of it is here.

    `mark` is the SHA-256 the browser computed, "" where it cannot. Once it is whole it
    waits to become `page_id`; then it is let go.
    """

    __tablename__ = "essay_arrival"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), index=True)
    person_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    name: Mapped[Name]
    size: Mapped[int]
    mark: Mapped[str] = mapped_column(String(64), default="")
    received: Mapped[int] = mapped_column(default=0)
    replaces: Mapped[UUID | None]
    page_id: Mapped[UUID | None] = mapped_column(ForeignKey(Page.id))
    touched_at: Mapped[datetime] = mapped_column(index=True)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self.received == self.size
