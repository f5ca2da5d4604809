"""A question to the reporter of a topic, or of a session, with its answer."""

from datetime import datetime
from typing import Optional
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.inquiries.lifecycle import State, Step, steps_from
from studyhub.kernel.database import Base, Line, Prose
from studyhub.kernel.ids import RoundId, UserId, new_uuid
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession


class Inquiry(Base):
    """A câu hỏi gửi báo cáo viên. (`Question` is a part of the essay.)"""

    __tablename__ = "inquiry"
    __table_args__ = (
        CheckConstraint("state != 'published' OR answer != ''", name="published_with_an_answer"),
        CheckConstraint("state != 'hidden' OR hidden_because != ''", name="hidden_with_a_reason"),
        CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"
        ),
        Index("ix_inquiry_session_state", "session_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(
        ForeignKey(StudyRound.id, ondelete="CASCADE"), index=True
    )
    session_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(StudySession.id, ondelete="SET NULL")
    )
    """Its session; None when that was removed: the question stays with the round."""
    topic: Mapped[Line]
    """The topic it is about, as the agenda called it then; "" for the session as a whole."""
    asker_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    without_name: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Those who attend do not see who asked; those who answer do."""
    text: Mapped[Prose]
    asked_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.WAITING)
    answer: Mapped[Prose]
    answered_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    answered_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    hidden_because: Mapped[Line]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    changed_at: Mapped[datetime]

    round: Mapped[StudyRound] = relationship()
    session: Mapped[StudySession | None] = relationship()
    asker: Mapped[User] = relationship(foreign_keys=[asker_id])
    merged_into: Mapped[Optional["Inquiry"]] = relationship(remote_side="Inquiry.id")

    @property
    def steps(self) -> frozenset[Step]:
        """What may be done with it next, whoever does it."""
        return steps_from(self.state)

    @property
    def told(self) -> "Inquiry":
        """The question that carries the answer: itself, or the one it was merged into."""
        return self.merged_into or self
