"""A list of attendance that was brought, and its lines: whom each means, what it changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Json, Line
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.study.models import Presence, StudySession


class ListState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    """Read and matched; nothing is recorded yet."""
    TAKEN = "taken"
    UNDONE = "undone"


class AttendanceList(Base):
    """A file that somebody brought for one session."""

    __tablename__ = "attendance_list"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(StudySession.id, ondelete="CASCADE"), index=True
    )
    file_name: Mapped[Line]
    taken_as: Mapped[Presence]
    """How those on it are recorded."""
    least_minutes: Mapped[int]
    """Whoever was there for less is not recorded; 0: not asked."""
    state: Mapped[ListState] = mapped_column(default=ListState.WAITING)
    brought_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    brought_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When it was taken over, or undone."""

    session: Mapped[StudySession] = relationship()
    bringer: Mapped[User] = relationship()
    lines: Mapped[list["ListLine"]] = relationship(
        order_by="ListLine.number", cascade="all, delete-orphan"
    )


class ListLine(Base):
    """One person as the list names them. `changed`: the record rests on this line now."""

    __tablename__ = "attendance_list_line"

    list_id: Mapped[UUID] = mapped_column(
        ForeignKey(AttendanceList.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    """The row of the file; of several rows of one person, the first."""
    name: Mapped[Line]
    beside: Mapped[Line]
    """What else the list says: number, address, cell."""
    minutes: Mapped[int | None]
    user_id: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    """Whom it means; None: not known, or nobody."""
    is_sure: Mapped[bool]
    candidates: Mapped[list[str]] = mapped_column(Json, default=list)
    changed: Mapped[bool] = mapped_column(default=False)
    before: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What was recorded before: `presence` and `reason`, or nothing."""

    user: Mapped[User | None] = relationship()
