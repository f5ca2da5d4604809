"""What is typed or scanned for a member who has no device, and what the member says of it.

It stands beside the member's own draft and never touches it: nobody but the member reads
that draft, and nobody overwrites it. What is handed in from here is a version like any
other; whatever the member had begun stays where it was.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.models import Essay
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import EssayId, UserId, new_uuid


class Transcript(Base):
    """The paper essay of a member as the cell types it: a text under each question, and pages.

    `received_on` and `kept_where` are what was stated last about the paper.
    """

    __tablename__ = "essay_transcript"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), unique=True)
    draft: Mapped[dict[str, str]] = mapped_column(default=dict)
    draft_revision: Mapped[int] = mapped_column(default=0)
    draft_saved_at: Mapped[datetime | None]
    draft_kept_at: Mapped[datetime | None]
    pages: Mapped[list[dict[str, str]]] = mapped_column(default=list)
    received_on: Mapped[date | None]
    kept_where: Mapped[Line]
    begun_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    begun_at: Mapped[datetime]

    essay: Mapped[Essay] = relationship()


class KeptTranscript(Base):
    """A text the transcript once had; nothing that was typed is ever lost."""

    __tablename__ = "kept_transcript"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    transcript_id: Mapped[UUID] = mapped_column(ForeignKey(Transcript.id), index=True)
    revision: Mapped[int]
    draft: Mapped[dict[str, str]]
    kept_at: Mapped[datetime]
