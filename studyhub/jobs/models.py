"""A job asked for in the transaction of a deed; a chore with the last time it was done."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.kernel.database import Base
from studyhub.kernel.ids import new_uuid


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work. Whoever takes it holds it until `leased_until`; then others may.

    `attempts` counts how often it was taken, and is the token of whoever has
    it now: one that held it too long can no longer say how it ended. `error` is
    the kind of the last failure, never its words: they may be somebody's text.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "state", "due_at"),
        CheckConstraint("state != 'running' OR leased_until IS NOT NULL", name="running_is_leased"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    progress: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(100), default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ChoreRun(Base):
    """A chore by its name: the turn it was done for last, and who is at it now."""

    __tablename__ = "chore_run"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    done_for: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(100), default="")
    ended_at: Mapped[datetime | None]
