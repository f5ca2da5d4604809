"""Questions about jobs and chores."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.jobs.models import ChoreRun, Job, JobState
from studyhub.jobs.service import is_due

PENDING = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)


def something_is_due(db: Session, *, now: datetime) -> bool:
    """Whether there is a job to take; one glance at an index."""
    return db.scalar(select(Job.id).where(is_due(now)).limit(1)) is not None


def unfinished(db: Session) -> Sequence[Job]:
    """Everything that waits, runs or has failed, the oldest first."""
    return db.scalars(select(Job).where(Job.state.in_(PENDING)).order_by(Job.made_at)).all()


def chores(db: Session) -> Sequence[ChoreRun]:
    """Every chore that has had a turn."""
    return db.scalars(select(ChoreRun).order_by(ChoreRun.name)).all()
