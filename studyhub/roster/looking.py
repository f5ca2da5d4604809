"""How far the work on a long list is, and what came of it: what its page is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.jobs.models import Job, JobState
from studyhub.kernel.errors import StudyHubError
from studyhub.org.models import Unit
from studyhub.roster import recorded
from studyhub.roster.outcome import Outcome
from studyhub.roster.progress import Stage, percent
from studyhub.roster.waiting import KEPT_FOR, Waiting
from studyhub.roster.work import APPLY, COMPARE, ENDED, PROGRESS

KINDS = (COMPARE, APPLY)
RECENT = 5


@dataclass(frozen=True)
class HowFar:
    """Where a piece of work is."""

    job: Job
    stage: Stage
    done: int
    of: int
    is_left_behind: bool
    """Whoever did it died or failed; somebody else begins anew."""

    @property
    def percent(self) -> int:
        """Of the whole."""
        return percent(self.job.kind, self.stage, self.done, self.of)

    @property
    def is_applying(self) -> bool:
        """Whether it writes; a dry run does not."""
        return self.job.kind == APPLY

    @property
    def applied(self) -> Mapping[str, int] | None:
        """How many of each were written, once they are; said by the transaction itself."""
        found: Mapping[str, int] | None = self.job.payload.get("applied")
        return found

    @property
    def is_going_on(self) -> bool:
        """Whether there is something to wait for."""
        return self.job.state in (JobState.WAITING, JobState.RUNNING) and self.applied is None

    @property
    def has_failed(self) -> bool:
        """Whether nobody tries any more, and nothing was written."""
        return self.job.state is JobState.FAILED and self.applied is None


@dataclass(frozen=True)
class Ended:
    """What came of it, where nothing was written."""

    outcome: Outcome | None
    has_moved: bool
    refusals: Sequence[StudyHubError]
    faulty: str | None = None
    """The key of the workbook with the rows that have errors."""


def how_far(job: Job, waiting: Waiting, *, now: datetime) -> HowFar:
    """Where it is now."""
    said: Any = waiting.noted(job.id, PROGRESS) or {}
    is_running = job.state is JobState.RUNNING
    is_open = is_running or job.state is JobState.WAITING
    is_silent = is_running and job.leased_until is not None and job.leased_until < now
    begins_anew = job.state is JobState.WAITING or is_silent or not said
    return HowFar(
        job,
        Stage.OPENING if begins_anew else Stage(said["stage"]),
        0 if begins_anew else int(said["done"]),
        0 if begins_anew else int(said["of"]),
        is_left_behind=is_silent or (is_open and job.attempts > int(is_running)),
    )


def ended(job: Job, waiting: Waiting) -> Ended | None:
    """What it found; None when that is no longer kept."""
    said = waiting.noted(job.id, ENDED)
    if said is None:
        return None
    outcome = recorded.retold(Outcome, said["outcome"]) if said["outcome"] else None
    refusals = [StudyHubError(message, **values) for message, values in said["refusals"]]
    return Ended(outcome, bool(said["has_moved"]), refusals, said.get("faulty"))


def recent(db: Session, unit: Unit, *, now: datetime) -> Sequence[Job]:
    """The lists of the last day, the newest first: to be found again."""
    asked = select(Job).where(
        Job.subject_id == unit.id, Job.kind.in_(KINDS), Job.made_at > now - KEPT_FOR
    )
    return db.scalars(asked.order_by(Job.made_at.desc(), Job.id).limit(RECENT)).all()
