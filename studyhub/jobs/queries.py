"""Questions about jobs and chores."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.jobs.models import ChoreRun, Job, JobState
from studyhub.jobs.service import ANY, is_due

PENDING = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)


def something_is_due(db: Session, *, now: datetime, among: ColumnElement[bool] = ANY) -> bool:
    """Whether there is a job to take; one glance at an index."""
    return db.scalar(select(Job.id).where(is_due(now), among).limit(1)) is not None


def latest_of(db: Session, kind: str, subject_ids: Collection[UUID]) -> Mapping[UUID, Job]:
    """The last job of this kind for each of these things."""
    rows = db.scalars(
        select(Job).where(Job.kind == kind, Job.subject_id.in_(subject_ids)).order_by(Job.made_at)
    )
    return {job.subject_id: job for job in rows if job.subject_id}


def unfinished(db: Session) -> Sequence[Job]:
    """Everything that waits, runs or has failed, the oldest first."""
    return db.scalars(select(Job).where(Job.state.in_(PENDING)).order_by(Job.made_at)).all()


def chores(db: Session) -> Sequence[ChoreRun]:
    """Every chore that has had a turn."""
    return db.scalars(select(ChoreRun).order_by(ChoreRun.name)).all()
