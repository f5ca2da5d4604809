"""Counting people, or a whole branch, at another place of a round's tree. For `carrying` only."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.counters import Moves, add, figures_of, held, move_all
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import Measure
from studyhub.org.tree import is_within, lineage, parent_of
from studyhub.rounds.models import StudyRound, Summons


def hold(db: Session, round_: StudyRound) -> None:
    """Nobody else changes the list of the round, or ends it, until the transaction ends."""
    db.flush()
    which = select(StudyRound.id).where(StudyRound.id == round_.id)
    db.execute(which.with_for_update(key_share=True))
    db.refresh(round_, ["state"])


def shift(total: Moves, progress: Progress, path: str, *, now: datetime) -> None:
    """Count the person at another place of the round; `total` tells what that moves."""
    told = figures_of(progress)
    add(total, lineage(progress.summons.cell_path), told, sign=-1)
    add(total, lineage(path), told)
    progress.summons.cell_path, progress.updated_at = path, now


def people_below(db: Session, round_: StudyRound, path: str) -> Sequence[Progress]:
    """Everybody counted at this place of the round or below, held."""
    return held(db, round_.id, Summons.cell_path.startswith(path, autoescape=True))


def replant(
    db: Session,
    round_: StudyRound,
    tally: Tally,
    place: str,
    people: Sequence[Progress],
    *,
    now: datetime,
) -> None:
    """The whole branch stands at another place of the round, and its figures count there.

    `people` are all of the branch, held before any counter is.
    """
    old = tally.path
    branch = _branch(db, round_, old, place)
    told = {measure: getattr(tally, measure.value) for measure in Measure}
    total: Moves = {}
    add(total, lineage(parent_of(old)), told, sign=-1)
    add(total, lineage(parent_of(place)), told)
    move_all(db, round_.id, total)
    for below in branch:
        below.path = place + below.path.removeprefix(old)
        below.parent_path = parent_of(below.path)
    for progress in people:
        progress.summons.cell_path = place + progress.summons.cell_path.removeprefix(old)
        progress.updated_at = now
    db.flush()


def _branch(db: Session, round_: StudyRound, old: str, place: str) -> Sequence[Tally]:
    """The tallies of the branch; held with those above its two places, from the root down."""
    above = {*lineage(parent_of(old)), *lineage(parent_of(place))}
    tallies = db.scalars(
        select(Tally)
        .where(
            Tally.round_id == round_.id,
            Tally.path.startswith(old, autoescape=True) | Tally.path.in_(above),
        )
        .order_by(Tally.path)
        .with_for_update(of=Tally)
        .execution_options(populate_existing=True)
    )
    return [one for one in tallies if is_within(one.path, old)]
