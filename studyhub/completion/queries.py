"""Who is how far: always read from the counters and marks, never computed per page."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from studyhub.accounts.models import User
from studyhub.completion.models import Progress, Tally
from studyhub.kernel.ids import RoundId, UnitId, UserId
from studyhub.rounds.models import StudyRound, Summons


def history(db: Session, unit_id: UnitId) -> Sequence[Tally]:
    """The figures of a unit in each of its rounds, the newest first."""
    return db.scalars(
        select(Tally)
        .join(Tally.round)
        .where(Tally.unit_id == unit_id)
        .options(contains_eager(Tally.round))
        .order_by(StudyRound.opened_at.desc())
    ).all()


def tallies_below(db: Session, round_id: RoundId, path: str) -> Sequence[Tally]:
    """The figures of the units one step below `path`, in the order of the tree."""
    return db.scalars(
        select(Tally)
        .where(Tally.round_id == round_id, Tally.parent_path == path)
        .order_by(Tally.path)
    ).all()


def tallies_of_year(db: Session, round_ids: Sequence[RoundId], path: str) -> Sequence[Tally]:
    """The figures, in several rounds, of a unit and of the units one step below it."""
    return db.scalars(
        select(Tally)
        .where(Tally.round_id.in_(round_ids), (Tally.parent_path == path) | (Tally.path == path))
        .order_by(Tally.path)
    ).all()


def members_of_cell(db: Session, round_id: RoundId, cell_id: UnitId) -> Sequence[Progress]:
    """Everyone of the cell on the list of the round, sorted by name."""
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .join(Summons.user)
        .join(Summons.round)
        .where(Summons.round_id == round_id, Summons.cell_id == cell_id)
        .options(
            contains_eager(Progress.summons).options(
                contains_eager(Summons.user), contains_eager(Summons.round)
            )
        )
        .order_by(User.name_order, User.born_on)
    ).all()


def of_person(db: Session, user_id: UserId | UUID) -> Sequence[Progress]:
    """The person's own marks in every round, the nearest deadline first."""
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .join(Summons.round)
        .where(Summons.user_id == user_id)
        .options(contains_eager(Progress.summons).contains_eager(Summons.round))
        .order_by(StudyRound.closes_at)
    ).all()
