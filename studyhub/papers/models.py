"""The file an essay was taken from, kept as it came."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.essays.models import Essay
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import EssayId, new_uuid
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
