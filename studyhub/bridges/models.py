"""A bridge point of a session, the cells it expects, and who was marked there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Json, Line, Name
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.study.models import Presence, StudySession

BEFORE = timedelta(hours=12)
"""So long before the beginning marks are taken already: whoever sets up the hall tries it."""
AFTER = timedelta(days=3)
"""So long after the end what was noted without a connection may still be sent."""


class BridgePoint(Base):
    """One hall with one person in charge. `headcount`: how many sat there, as they counted."""

    __tablename__ = "bridge_point"
    __table_args__ = (CheckConstraint("headcount IS NULL OR headcount >= 0", name="counted"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(StudySession.id, ondelete="CASCADE"), index=True
    )
    hall: Mapped[Name]
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    keeper_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    headcount: Mapped[int | None]
    difference: Mapped[Line]
    """Why head-count and list do not agree."""
    papers: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Pictures of the paper list in the store: `key`, `width`, `height`."""
    planned_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    planned_at: Mapped[datetime]
    signed_off_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    signed_off_at: Mapped[datetime | None]

    session: Mapped[StudySession] = relationship()
    unit: Mapped[Unit] = relationship()
    keeper: Mapped[User] = relationship(foreign_keys=[keeper_id])
    signer: Mapped[User | None] = relationship(foreign_keys=[signed_off_by])
    expected: Mapped[list["ExpectedCell"]] = relationship(cascade="all, delete-orphan")

    def is_open(self, now: datetime) -> bool:
        """Whether marks are taken: around the day of the session, until it is signed off."""
        begins, ends = self.session.starts_at - BEFORE, self.session.ends_at + AFTER
        return self.signed_off_at is None and begins <= now <= ends

    @property
    def cell_ids(self) -> Sequence[UnitId]:
        """The cells that are expected here."""
        return [one.unit_id for one in self.expected]


class ExpectedCell(Base):
    """A cell whose members are expected at a bridge point."""

    __tablename__ = "bridge_cell"

    point_id: Mapped[UUID] = mapped_column(
        ForeignKey(BridgePoint.id, ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True)


class BridgeMark(Base):
    """A person who sits at a bridge point. `before`: what was recorded of them until then."""

    __tablename__ = "bridge_mark"
    __table_args__ = (Index("ix_bridge_mark_session_user", "session_id", "user_id"),)

    point_id: Mapped[UUID] = mapped_column(
        ForeignKey(BridgePoint.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(StudySession.id, ondelete="CASCADE"))
    before: Mapped[Presence | None]
    before_reason: Mapped[Line]
    marked_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    marked_at: Mapped[datetime]
