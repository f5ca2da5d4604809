"""The number of each single marker, and a decision its author did not accept."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.models import Version
from studyhub.kernel.database import Base, Prose
from studyhub.kernel.ids import UserId
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade


class Turn(StrEnum):
    """Why somebody marks: as one of those who always do, because they differ, or on appeal."""

    FIRST = "first"
    THIRD = "third"
    APPEAL = "appeal"


class Mark(Base):
    """What one person gave one version: once, and never changed. Others see it once all are in.

    `parts` are the points of each part of the rubric as it was then, in hundredths.
    """

    __tablename__ = "mark"
    __table_args__ = (CheckConstraint("points BETWEEN 0 AND 1000", name="from_0_to_10"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    marker_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    turn: Mapped[Turn]
    points: Mapped[int]
    parts: Mapped[list[dict[str, str]]] = mapped_column(default=list)
    remark: Mapped[Prose]
    marked_at: Mapped[datetime]

    version: Mapped[Version] = relationship()
    marker: Mapped[User] = relationship()


class Appeal(Base):
    """Why the author asked for another reading, and the decision as it was before."""

    __tablename__ = "appeal"
    __table_args__ = (CheckConstraint("reason != ''", name="has_a_reason"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    former_outcome: Mapped[Outcome]
    former_grade: Mapped[Grade | None]
    former_points: Mapped[int | None]
    former_remark: Mapped[Prose]
    former_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    former_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When another person had decided anew; None while it waits."""

    version: Mapped[Version] = relationship()
    former_reviewer: Mapped[User] = relationship()
