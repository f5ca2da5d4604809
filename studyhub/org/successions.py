"""Who stands in the place of whom: written when units end, asked by whoever looks back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit
from studyhub.org.succession import Succession


def succeed(
    db: Session, predecessor: Unit, successors: Sequence[Unit], *, reorganization_id: UUID
) -> None:
    """The first of `successors` is the main one; whoever the predecessor had succeeded comes along.

    A unit that is its own successor (one divided that goes on) gets no row.
    """
    earlier = db.scalars(select(Succession).where(Succession.successor_id == predecessor.id)).all()
    known = _known(db, [predecessor.id, *(row.predecessor_id for row in earlier)])
    for place, successor in enumerate(successors):
        chain = [(predecessor.id, True, place == 0)]
        chain += [(row.predecessor_id, False, row.is_main and place == 0) for row in earlier]
        for before, is_direct, is_main in chain:
            if (before, successor.id) not in known and before != successor.id:
                known.add((before, successor.id))
                db.add(
                    _row(
                        before,
                        successor.id,
                        reorganization_id,
                        is_direct=is_direct,
                        is_main=is_main,
                    )
                )
    db.flush()


def forget(db: Session, reorganization_id: UUID) -> None:
    """The act was undone: nobody succeeded anybody by it."""
    db.execute(delete(Succession).where(Succession.reorganization_id == reorganization_id))


def successors_of(db: Session, unit: Unit) -> Sequence[Unit]:
    """The units that took a unit's place directly, the main one first."""
    rows = db.scalars(
        select(Succession)
        .where(Succession.predecessor_id == unit.id, Succession.is_direct)
        .options(joinedload(Succession.successor))
        .order_by(Succession.is_main.desc())
    )
    return [row.successor for row in rows]


def predecessors_of(db: Session, unit: Unit) -> Sequence[Unit]:
    """The units whose place a unit took directly."""
    rows = db.scalars(
        select(Succession)
        .where(Succession.successor_id == unit.id, Succession.is_direct)
        .options(joinedload(Succession.predecessor))
    )
    return sorted((row.predecessor for row in rows), key=lambda one: one.name)


def _known(db: Session, unit_ids: Sequence[UnitId]) -> set[tuple[UnitId, UnitId]]:
    rows = db.execute(
        select(Succession.predecessor_id, Succession.successor_id).where(
            Succession.predecessor_id.in_(unit_ids)
        )
    )
    return {(before, after) for before, after in rows}


def _row(
    before: UnitId, after: UnitId, reorganization_id: UUID, *, is_direct: bool, is_main: bool
) -> Succession:
    return Succession(
        predecessor_id=before, successor_id=after, reorganization_id=reorganization_id,
        is_direct=is_direct, is_main=is_main,
    )  # fmt: skip
