"""Until when an essay that was returned may be handed in again: the rule of its round."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.essays.models import Essay, Version
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.models import StudyRound


def rewrite_until(round_: StudyRound, returned: int, now: datetime) -> datetime | None:
    """The moment, of an essay returned so many times by now; None: as long as the round is open.

    Where it may not be completed once more, that moment is now.
    """
    if round_.rewrites is not None and returned > round_.rewrites:
        return now
    return now + timedelta(days=round_.rewrite_days) if round_.rewrite_days else None


def times_returned(db: Session, essay: Essay) -> int:
    """How many of its versions stand as returned."""
    return times_returned_of(db, [essay.id]).get(essay.id, 0)


def times_returned_of(db: Session, essay_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The same of several; those of which none does are left out."""
    rows = db.execute(
        select(Version.essay_id, func.count())
        .join(Decision, Decision.version_id == Version.id)
        .where(Version.essay_id.in_(essay_ids), Decision.outcome == Outcome.RETURN)
        .group_by(Version.essay_id)
    )
    return dict(rows.all())
