"""Comments on a version, and the decision about it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.models import Version
from studyhub.kernel.database import Base, Prose
from studyhub.kernel.ids import UserId, new_uuid


class Outcome(StrEnum):
    """What a reviewer decides. Never worded as a failure."""

    ACCEPT = "accept"
    RETURN = "return"


class Grade(StrEnum):
    """The four bands, where a round asks for them."""

    AVERAGE = "average"
    FAIR = "fair"
    GOOD = "good"
    EXCELLENT = "excellent"


class Comment(Base):
    """A remark on one paragraph; private to its author until `sent_at`."""

    __tablename__ = "comment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), index=True)
    author_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    part: Mapped[int]
    paragraph: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    version: Mapped[Version] = relationship()
    author: Mapped[User] = relationship()


class Decision(Base):
    """The one decision about one version."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("outcome = 'accept' OR grade IS NULL", name="only_accepted_is_graded"),
        Index("ix_decision_lately", "decided_by", "decided_at"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    outcome: Mapped[Outcome]
    grade: Mapped[Grade | None]
    remark: Mapped[Prose]
    decided_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime]

    version: Mapped[Version] = relationship()
    reviewer: Mapped[User] = relationship()
