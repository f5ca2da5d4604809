"""What becomes of units: how they are merged, split or moved, and who stands in their place."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import PlainOrder, User
from studyhub.kernel.database import Base, Line, Name
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.org.models import Unit


class Act(StrEnum):
    """What is done to units, in the words of the decisions."""

    MERGE = "merge"
    CONSOLIDATE = "consolidate"
    SPLIT = "split"
    RENAME = "rename"
    MOVE = "move"
    DISSOLVE = "dissolve"


class Stage(StrEnum):
    """How far an act has come."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDONE = "undone"
    STUCK = "stuck"
    """Its day came, and something stood in the way; an officer decides."""


class Reorganization(Base):
    """One act on one day, by one decision: planned, carried out, perhaps undone. Never deleted.

    `plan` is what was decided (ids as text); `before` is what undoing needs to know.
    """

    __tablename__ = "reorganization"
    __table_args__ = (Index("ix_reorganization_stage_day", "stage", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    act: Mapped[Act]
    stage: Mapped[Stage] = mapped_column(default=Stage.PLANNED)
    day: Mapped[date]
    basis: Mapped[Line]
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    planned_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    planned_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When it was cancelled or undone."""
    ended_basis: Mapped[Line]
    obstacle: Mapped[Line]
    """Why it is stuck: the refusal, as an English message."""

    units: Mapped[list["TouchedUnit"]] = relationship(
        back_populates="reorganization", order_by="(TouchedUnit.role.desc(), TouchedUnit.position)"
    )


class Role(StrEnum):
    """What a unit is in an act."""

    BEFORE = "before"
    AFTER = "after"


class TouchedUnit(Base):
    """A unit in an act, as it was called then: those before it, and those after it."""

    __tablename__ = "touched_unit"

    reorganization_id: Mapped[UUID] = mapped_column(ForeignKey(Reorganization.id), primary_key=True)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True, index=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[Name]
    members: Mapped[int] = mapped_column(default=0)
    """Headcount on the last day before, or the first day after."""

    reorganization: Mapped[Reorganization] = relationship(back_populates="units")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)


class Succession(Base):
    """A unit that ended and one that stands in its place now: directly, or through others.

    Kept whole (every predecessor of a predecessor has its row), so that one
    look says whose work a unit has taken over. Gone again when the act is undone.
    """

    __tablename__ = "succession"

    predecessor_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True)
    successor_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True, index=True)
    reorganization_id: Mapped[UUID] = mapped_column(ForeignKey(Reorganization.id), index=True)
    is_direct: Mapped[bool] = mapped_column(default=True)
    is_main: Mapped[bool] = mapped_column(default=True)
    """Of several successors of one unit, the one that those go to who went nowhere themselves."""

    predecessor: Mapped[Unit] = relationship(foreign_keys=[predecessor_id])
    successor: Mapped[Unit] = relationship(foreign_keys=[successor_id])


class FormerPlace(Base):
    """Where a unit stood and what it was called until that day, before it was moved or renamed."""

    __tablename__ = "former_place"
    __table_args__ = (Index("ix_former_place_unit_until", "unit_id", "until"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    reorganization_id: Mapped[UUID] = mapped_column(ForeignKey(Reorganization.id), index=True)
    until: Mapped[date] = mapped_column(index=True)
    parent_id: Mapped[UnitId | None] = mapped_column(ForeignKey(Unit.id))
    path: Mapped[str] = mapped_column(PlainOrder)
    name: Mapped[Name]
    short_name: Mapped[str] = mapped_column(String(60), default="")

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
