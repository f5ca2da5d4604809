"""Which rounds an act meets, shown before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.org.models import Unit
from studyhub.org.succession import Act
from studyhub.org.tree import path_below
from studyhub.reorganization import going_over
from studyhub.reorganization.scheme import Scheme
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import AudienceUnit, StudyRound


@dataclass(frozen=True, kw_only=True)
class TouchedRound:
    """An open round that counts people of these units."""

    round: StudyRound
    required: int
    writing: int
    waiting: int
    returned: int
    can_go_over: bool
    """Whether the choice is free; otherwise it finishes as it was summoned."""


def open_rounds(db: Session, found: Scheme, touched: Sequence[Unit]) -> list[TouchedRound]:
    """The open rounds that count people of these units, each with its figures there."""
    rounds, ids = going_over.open_rounds(db, touched), [unit.id for unit in found.units]
    rows = db.execute(
        select(
            Tally.round_id,
            func.sum(Tally.required),
            func.sum(Tally.writing),
            func.sum(Tally.waiting),
            func.sum(Tally.returned),
        )
        .where(Tally.round_id.in_([one.id for one in rounds]), Tally.unit_id.in_(ids))
        .group_by(Tally.round_id)
    )
    told = {round_id: figures for round_id, *figures in rows}
    places = _paths_after(found)
    return [_touched(one, told.get(one.id, [0, 0, 0, 0]), places) for one in rounds]


def _touched(round_: StudyRound, figures: Sequence[int], places: Sequence[str]) -> TouchedRound:
    required, writing, waiting, returned = figures
    return TouchedRound(
        round=round_, required=required, writing=writing, waiting=waiting, returned=returned,
        can_go_over=going_over.can_go_over(round_, places),
    )  # fmt: skip


def _paths_after(found: Scheme) -> list[str]:
    """Where those who go will be; a new unit stands beside the first of those it comes from."""
    first = found.units[0]
    if found.plan.act is Act.RENAME:
        return [first.path]
    paths = [unit.path for unit in found.others.values()]
    if found.plan.founded and first.parent:
        paths.append(path_below(first.parent.path, first.parent.children_ever + 1))
    return paths


def drafts(db: Session, ending: Sequence[Unit]) -> Sequence[StudyRound]:
    """The drafts that would summon a unit that ends."""
    ids = [unit.id for unit in ending]
    return db.scalars(
        select(StudyRound)
        .join(AudienceUnit, AudienceUnit.round_id == StudyRound.id)
        .where(AudienceUnit.unit_id.in_(ids), StudyRound.state == RoundState.DRAFT)
        .distinct()
    ).all()


def finished(db: Session, touched: Sequence[Unit]) -> int:
    """How many rounds are over and keep names and figures."""
    return (
        db.scalar(
            select(func.count(Tally.round_id.distinct()))
            .join(StudyRound, StudyRound.id == Tally.round_id)
            .where(
                Tally.unit_id.in_([unit.id for unit in touched]),
                StudyRound.state == RoundState.CLOSED,
            )
        )
        or 0
    )
