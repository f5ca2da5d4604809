"""A calibration: its three essays, who is invited, and what each judged."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.models import Version
from studyhub.kernel.actor import Post
from studyhub.kernel.database import Base, Prose
from studyhub.kernel.ids import RoundId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade
from studyhub.rounds.models import StudyRound

TEXTS = 3
"""So many essays everybody judges."""


class Stage(StrEnum):
    """Where a calibration is in its life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Calibration(Base):
    """Set up by an officer for a round, whose rule everybody judges by."""

    __tablename__ = "calibration"
    __table_args__ = (
        CheckConstraint("stage = 'draft' OR begun_at IS NOT NULL", name="begun_has_a_moment"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(
        ForeignKey(StudyRound.id, ondelete="CASCADE"), index=True
    )
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    note: Mapped[Prose]
    """What was said about the differences; the officer writes it down."""
    made_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    round: Mapped[StudyRound] = relationship()
    texts: Mapped[list["CalibrationText"]] = relationship(
        order_by="CalibrationText.position",
        cascade="all, delete-orphan",
        back_populates="calibration",
    )
    seats: Mapped[list["Seat"]] = relationship(
        cascade="all, delete-orphan", back_populates="calibration"
    )

    def seat_of(self, user_id: UUID) -> "Seat | None":
        """The place of this person among the invited."""
        return next((seat for seat in self.seats if seat.user_id == user_id), None)


class CalibrationText(Base):
    """One of the three essays, as everybody reads it: without name, under a code.

    `version_id` is the essay it was taken from, if any: nobody but those who set it up is told.
    """

    __tablename__ = "calibration_text"
    __table_args__ = (UniqueConstraint("calibration_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    calibration_id: Mapped[UUID] = mapped_column(ForeignKey(Calibration.id, ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(10))
    parts: Mapped[list[dict[str, str]]]
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey(Version.id))

    calibration: Mapped[Calibration] = relationship(back_populates="texts")
    version: Mapped[Version | None] = relationship()


class Seat(Base):
    """Somebody invited, with the post for which they are; `done_at`: all three are judged."""

    __tablename__ = "calibration_seat"

    calibration_id: Mapped[UUID] = mapped_column(
        ForeignKey(Calibration.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True, index=True)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    post: Mapped[Post]
    done_at: Mapped[datetime | None]

    calibration: Mapped[Calibration] = relationship(back_populates="seats")
    user: Mapped[User] = relationship()
    unit: Mapped[Unit] = relationship()


class Judgement(Base):
    """What one person judged of one text; theirs alone until they have judged all three."""

    __tablename__ = "calibration_judgement"
    __table_args__ = (
        CheckConstraint("outcome = 'accept' OR grade IS NULL", name="only_accepted_is_graded"),
        CheckConstraint("points BETWEEN 0 AND 1000", name="from_0_to_10"),
    )

    text_id: Mapped[UUID] = mapped_column(
        ForeignKey(CalibrationText.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    outcome: Mapped[Outcome]
    grade: Mapped[Grade | None]
    points: Mapped[int | None]
    parts: Mapped[list[dict[str, str]]] = mapped_column(default=list)
    """The points of each part of the rubric, as marks keep them."""
    remark: Mapped[Prose]
    given_at: Mapped[datetime]
