"""The deeds on jobs: to ask for one, to take one, to say how it ended."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select, true, update
from sqlalchemy.orm import Session

from studyhub.jobs.models import Job, JobState
from studyhub.jobs.rules import pause_after
from studyhub.jobs.work import Tools
from studyhub.kernel.errors import StudyHubError
from studyhub.kernel.ids import new_uuid

ABANDONED = "Abandoned"
"""The error of a job whose worker died or fell silent."""

ANY = true()
"""Jobs of every kind."""

FIRST_LEASE = timedelta(minutes=1)
KEPT = timedelta(days=30)


def ask(
    db: Session,
    kind: str,
    *,
    now: datetime,
    subject_id: UUID | None = None,
    due_at: datetime | None = None,
    **payload: Any,
) -> Job:
    """Ask for a job in the transaction of the deed: both are kept, or neither.

    `payload` is plain JSON: ids and figures, no personal text.
    """
    job = Job(
        id=new_uuid(),
        kind=kind,
        subject_id=subject_id,
        payload=payload,
        state=JobState.WAITING,
        due_at=due_at or now,
        made_at=now,
        attempts=0,
    )
    db.add(job)
    return job


def take(db: Session, *, now: datetime, among: ColumnElement[bool] = ANY) -> Job | None:
    """The job that has been due longest, held for a while; None when there is none.

    One that its worker left behind comes back here, until it has had its attempts.
    """
    job = db.scalars(
        select(Job)
        .where(is_due(now), among)
        .order_by(Job.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if job is None:
        return None
    if job.state is JobState.RUNNING:
        job.error = ABANDONED
        if pause_after(job.attempts) is None:
            job.state, job.ended_at, job.leased_until = JobState.FAILED, now, None
            return take(db, now=now, among=among)
    job.state, job.leased_until = JobState.RUNNING, now + FIRST_LEASE
    job.attempts += 1
    return job


def is_due(now: datetime) -> Any:
    """Waiting and due, or held by somebody who has not been heard of since the lease ran out."""
    waiting = and_(Job.state == JobState.WAITING, Job.due_at <= now)
    left_behind = and_(Job.state == JobState.RUNNING, Job.leased_until < now)
    return or_(waiting, left_behind)


def go_on(db: Session, job_id: UUID, attempt: int, *, until: datetime, progress: int = 0) -> bool:
    """Hold it longer; False when somebody else has it by now."""
    return _settle(db, job_id, attempt, leased_until=until, progress=min(max(progress, 0), 100))


def finish(db: Session, job_id: UUID, attempt: int, *, now: datetime) -> bool:
    """It is done."""
    return _settle(
        db,
        job_id,
        attempt,
        state=JobState.DONE,
        ended_at=now,
        leased_until=None,
        progress=100,
        error="",
    )


def fail(db: Session, job_id: UUID, attempt: int, why: Exception, *, now: datetime) -> bool:
    """It went wrong: to be tried again after a pause, or failed for good.

    A refusal (`StudyHubError`) would be the same the next time.
    """
    pause = None if isinstance(why, StudyHubError) else pause_after(attempt)
    error = type(why).__name__
    if pause is None:
        return _settle(
            db,
            job_id,
            attempt,
            state=JobState.FAILED,
            ended_at=now,
            leased_until=None,
            error=error,
        )
    return _settle(
        db,
        job_id,
        attempt,
        state=JobState.WAITING,
        due_at=now + pause,
        leased_until=None,
        error=error,
    )


def try_again(job: Job, *, now: datetime) -> None:
    """Put a failed job back, with all its attempts before it."""
    job.state, job.due_at, job.attempts, job.ended_at = JobState.WAITING, now, 0, None


def _settle(db: Session, job_id: UUID, attempt: int, **values: Any) -> bool:
    """Change it, if it is still this attempt's."""
    result = db.execute(
        update(Job)
        .where(Job.id == job_id, Job.attempts == attempt, Job.state == JobState.RUNNING)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE always has one


def forget_done(tools: Tools) -> None:
    """Chore: what has been done for a month need not be kept; what has failed is."""
    with tools.writing() as db:
        db.execute(delete(Job).where(Job.state == JobState.DONE, Job.ended_at < tools.now() - KEPT))
