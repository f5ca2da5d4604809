"""A request not to come to a session (đơn xin vắng), and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Json, Line
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.study.models import StudySession


class AbsenceState(StrEnum):
    """How far it has come: asked, and then one of the others for good."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN = text("state = 'asked'")


class AbsenceRequest(Base):
    """One request of one person about one session. Kept whatever becomes of it."""

    __tablename__ = "absence_request"
    __table_args__ = (
        CheckConstraint("reason != ''", name="has_a_reason"),
        Index(
            "uq_absence_request_one_open",
            "session_id",
            "user_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_absence_request_cell_state", "cell_id", "state"),
        Index("ix_absence_request_user", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(StudySession.id, ondelete="CASCADE"))
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    """The cell in which the person is summoned: its leaders decide."""
    state: Mapped[AbsenceState] = mapped_column(default=AbsenceState.ASKED)
    reason: Mapped[Line]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Pictures in the store, made anew from what was brought: `key`, `width`, `height`."""
    asked_at: Mapped[datetime]
    decided_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    answer: Mapped[Line]

    session: Mapped[StudySession] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    cell: Mapped[Unit] = relationship()
    decider: Mapped[User | None] = relationship(foreign_keys=[decided_by])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state is AbsenceState.ASKED
