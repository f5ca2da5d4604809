"""The counters of the units, and how they move: held in one order, in the database's arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sqlalchemy import ColumnElement, Update, and_, bindparam, select, update
from sqlalchemy.orm import Session, contains_eager

from studyhub.completion.models import Progress, Tally
from studyhub.completion.places import units_at
from studyhub.completion.rules import Measure, figures
from studyhub.kernel import sqlite
from studyhub.kernel.ids import RoundId, UserId
from studyhub.org.models import Unit
from studyhub.org.tree import parent_of
from studyhub.rounds.models import StudyRound, Summons

_HELD = (
    select(Progress)
    .join(Progress.summons)
    .order_by(Progress.summons_id)
    .options(contains_eager(Progress.summons))
    .with_for_update(of=(Progress, Summons))
    .execution_options(populate_existing=True)
)
_HELD_ONE = _HELD.where(
    Summons.round_id == bindparam("round"), Summons.user_id == bindparam("person")
)

Moves = dict[str, dict[Measure, int]]
"""By how much each figure moves, by the unit's place in the round."""


def figures_of(progress: Progress) -> Mapping[Measure, int]:
    """What the person adds to each figure of their cell."""
    return figures(progress.marks, progress.summons.round.requirements)


def add(moves: Moves, paths: Iterable[str], told: Mapping[Measure, int], sign: int = 1) -> None:
    """Note that the figures of these units grow by this much; `sign` -1: shrink."""
    for path in paths:
        sums = moves.setdefault(path, {})
        for measure, count in told.items():
            sums[measure] = sums.get(measure, 0) + sign * count


def held(db: Session, round_id: RoundId, *who: ColumnElement[bool]) -> Sequence[Progress]:
    """The rows of these persons, held until the transaction ends, always in the same order.

    Their summonses are held with them: they say in which cell the person is
    counted, and that changes when a cell is carried over to its successor.
    """
    return db.scalars(_HELD.where(Summons.round_id == round_id, *who)).all()


def held_one(db: Session, round_id: RoundId, user_id: UserId) -> Progress | None:
    """The row of one person, held in the same way: by a statement put together once."""
    return db.scalars(_HELD_ONE, {"round": round_id, "person": user_id}).one_or_none()


def move(db: Session, round_id: RoundId, paths: list[str], moves: Mapping[Measure, int]) -> None:
    """Add to the counters of these units in one statement, in the database's own arithmetic."""
    changed = {f"by_{name.value}": by for name, by in moves.items() if by}
    if not changed:
        return
    db.flush()
    which = {"round": round_id, "paths": paths}
    if len(paths) > 1 and not sqlite.lines_up(db):
        # Held from the root down, or two deeds could wait for each other in a circle.
        db.execute(_TALLIES_HELD, which)
    db.execute(_moving(tuple(changed)), {**which, **changed})


_THERE = and_(
    Tally.round_id == bindparam("round"), Tally.path.in_(bindparam("paths", expanding=True))
)
_TALLIES_HELD = select(Tally.unit_id).where(_THERE).order_by(Tally.path).with_for_update()


@cache
def _moving(names: tuple[str, ...]) -> Update:
    """The statement that moves these figures, put together once for each set of them."""
    sums = {
        name.removeprefix("by_"): getattr(Tally, name.removeprefix("by_")) + bindparam(name)
        for name in names
    }
    return update(Tally).where(_THERE).values(sums).execution_options(synchronize_session=False)


def move_all(db: Session, round_id: RoundId, moves: Moves) -> None:
    """Move the counters of many units, from the root down."""
    for path in sorted(moves):
        move(db, round_id, [path], moves[path])


def open_tallies(db: Session, round_: StudyRound, paths: Iterable[str]) -> Sequence[Tally]:
    """Begin to count at these places of the round where nothing has been counted so far."""
    opened = [_tally(round_, unit, path) for path, unit in units_at(db, round_, paths).items()]
    db.add_all(opened)
    db.flush()
    return opened


def _tally(round_: StudyRound, unit: Unit, path: str) -> Tally:
    return Tally(
        round_id=round_.id,
        unit_id=unit.id,
        path=path,
        parent_path=parent_of(path),
        name=unit.name,
        kind=unit.kind,
    )
