"""The history of a draft: looked through and restored by its author, thinned and ended by chores.

Nothing is discarded while one writes; 30 days after its round was closed the history
of a draft goes, and what was handed in stays.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from uuid import UUID

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from studyhub.essays.drafting import CHANGED_ELSEWHERE, write_over
from studyhub.essays.keeping import put_aside
from studyhub.essays.models import Essay, KeptDraft
from studyhub.essays.thinning import DAY, HOUR, superfluous
from studyhub.jobs.work import Tools
from studyhub.kernel.errors import Conflict
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound

FOR = timedelta(days=30)
"""How long the history stays when its round is closed."""

MANY, A_STEP = 60, 200
"""How many texts a page shows; how many essays a chore holds up the writers for."""

OFTEN = 3 * DAY
"""How far back the hourly thinning looks; what is older was thinned before."""


def entries(
    db: Session, essay: Essay, *, before: datetime | None = None, most: int = MANY
) -> Sequence[KeptDraft]:
    """The texts the draft once had, the latest first; those before a moment."""
    kept = select(KeptDraft).where(KeptDraft.essay_id == essay.id)
    if before:
        kept = kept.where(KeptDraft.kept_at < before)
    latest_first = (KeptDraft.kept_at.desc(), KeptDraft.revision.desc(), KeptDraft.id)
    return db.scalars(kept.order_by(*latest_first).limit(most)).all()


def entry(db: Session, essay: Essay, kept_id: UUID) -> KeptDraft | None:
    """One of them."""
    found = db.get(KeptDraft, kept_id)
    return found if found and found.essay_id == essay.id else None


def following(db: Session, kept: KeptDraft) -> KeptDraft | None:
    """The text that came after it; None where that is the one there is now."""
    later = select(KeptDraft).where(
        KeptDraft.essay_id == kept.essay_id,
        (KeptDraft.kept_at > kept.kept_at)
        | ((KeptDraft.kept_at == kept.kept_at) & (KeptDraft.revision > kept.revision)),
    )
    return db.scalars(later.order_by(KeptDraft.kept_at, KeptDraft.revision).limit(1)).first()


def ends_at(round_: StudyRound) -> datetime | None:
    """Until when the history is kept; None as long as the round is not closed."""
    closed = round_.state is RoundState.CLOSED and round_.closed_at
    return closed + FOR if closed else None


def restore(db: Session, essay: Essay, kept: KeptDraft, *, revision: int, now: datetime) -> int:
    """Make it the draft again, as one saves; the text there is now goes into the history first."""
    if essay.draft_revision != revision:
        raise Conflict(CHANGED_ELSEWHERE)
    before = dict(essay.draft)
    wanted = {part: kept.draft.get(part, "") for part in before}
    written = write_over(db, essay, wanted, revision=revision, now=now)
    put_aside(db, essay, before, revision=revision, now=now)
    return written


def thin(tools: Tools) -> None:
    """Chore: of the texts kept in passing, only those stay that `thinning` wants."""
    with tools.reading() as db:
        essays = _long_ones(db, since=tools.now() - OFTEN, until=tools.now() - HOUR)
    for at in range(0, len(essays), A_STEP):
        with tools.writing() as db:
            _thin(db, essays[at : at + A_STEP], now=tools.now(), zone=tools.zone)


def forget(tools: Tools) -> None:
    """Chore: the history of drafts whose round was closed long ago."""
    gone = A_STEP
    while gone == A_STEP:
        with tools.writing() as db:
            gone = _forget_some(db, now=tools.now())


def _long_ones(db: Session, *, since: datetime, until: datetime) -> Sequence[UUID]:
    """Essays with more than one text of that time."""
    kept = select(KeptDraft.essay_id).where(
        KeptDraft.in_passing, KeptDraft.kept_at > since, KeptDraft.kept_at < until
    )
    return db.scalars(kept.group_by(KeptDraft.essay_id).having(func.count() > 1)).all()


def _thin(db: Session, essays: Sequence[UUID], *, now: datetime, zone: tzinfo) -> None:
    found = db.execute(
        select(KeptDraft.essay_id, KeptDraft.id, KeptDraft.kept_at).where(
            KeptDraft.essay_id.in_(essays), KeptDraft.in_passing
        )
    )
    moments: dict[UUID, dict[UUID, datetime]] = {}
    for essay_id, kept_id, moment in found:
        moments.setdefault(essay_id, {})[kept_id] = moment
    gone = [one for kept in moments.values() for one in superfluous(kept, now=now, zone=zone)]
    for at in range(0, len(gone), A_STEP):
        db.execute(delete(KeptDraft).where(KeptDraft.id.in_(gone[at : at + A_STEP])))


def _forget_some(db: Session, *, now: datetime) -> int:
    over = (
        select(KeptDraft.id)
        .join(Essay, Essay.id == KeptDraft.essay_id)
        .join(Essay.round)
        .where(StudyRound.state == RoundState.CLOSED, StudyRound.closed_at < now - FOR)
        .limit(A_STEP)
    )
    ids = db.scalars(over).all()
    result = db.execute(delete(KeptDraft).where(KeptDraft.id.in_(ids)))
    assert isinstance(result, CursorResult)  # noqa: S101 - a DELETE gives one
    return result.rowcount
