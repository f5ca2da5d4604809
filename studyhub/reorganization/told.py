"""What one act has done, for its own page: how many people went, which rounds went along."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion.models import Carried
from studyhub.org.models import Transfer, Unit
from studyhub.org.succession import Act, FormerPlace, Reorganization, Role
from studyhub.rounds.models import StudyRound, Summons


@dataclass(frozen=True)
class Told:
    """Who decided; people and units that went; rounds with how many were carried over."""

    planned_by: str
    people: int
    branches: int
    rounds: Sequence[tuple[StudyRound, int]]
    stays: tuple[int, int] | None
    """Of a merger: how many the unit that stays has before, and after."""


def told_of(db: Session, act: Reorganization) -> Told:
    """The figures of an act that was carried out."""
    user = db.get(User, act.planned_by) if act.planned_by else None
    people = select(func.count(Transfer.id)).where(Transfer.reorganization_id == act.id)
    moved = select(func.count(FormerPlace.id)).where(FormerPlace.reorganization_id == act.id)
    rounds = db.execute(
        select(StudyRound, func.count(Carried.summons_id))
        .join(Summons, Summons.round_id == StudyRound.id)
        .join(Carried, Carried.summons_id == Summons.id)
        .where(Carried.reorganization_id == act.id)
        .group_by(StudyRound.id)
        .order_by(StudyRound.id)
    )
    return Told(
        planned_by=user.full_name if user else "",
        people=db.scalar(people) or 0,
        branches=db.scalar(moved) or 0,
        rounds=[(round_, count) for round_, count in rounds],
        stays=stays(act),
    )


def stays(act: Reorganization) -> tuple[int, int] | None:
    """Of a merger: what the unit that stays has before and after it; one of the two was noted."""
    if act.act is not Act.MERGE:
        return None
    noted = sum(one.members for one in act.units if one.role is Role.AFTER)
    joined = sum(one.members for one in act.units if one.role is Role.BEFORE)
    return (noted - joined, noted) if act.done_at else (noted, noted + joined)


def places_before(db: Session, act: Reorganization) -> Sequence[Unit]:
    """The units below which others stood before this act moved them: undoing puts them back."""
    return db.scalars(
        select(Unit)
        .join(FormerPlace, FormerPlace.parent_id == Unit.id)
        .where(FormerPlace.reorganization_id == act.id)
        .distinct()
    ).all()


def target_names(db: Session, acts: Sequence[Reorganization]) -> dict[str, str]:
    """What the units are called now that acts put others below, by id as text."""
    ids = {UUID(one.plan["target"]) for one in acts if one.plan.get("target")}
    rows = db.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    return {str(unit_id): name for unit_id, name in rows}
