"""Questions about going from one cell to another."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.kernel.ids import UserId
from studyhub.org.models import Membership, Transfer, Unit, UnitKind
from studyhub.org.tree import order

FEW = 40
"""So many cells fit into one list; among more one searches."""


def transfers_of(db: Session, user_id: UserId | UUID) -> Sequence[Transfer]:
    """The official transfers of a person, those taken back among them, the latest first."""
    return db.scalars(
        select(Transfer)
        .join(Transfer.left)
        .where(Membership.user_id == user_id)
        .options(
            contains_eager(Transfer.left),
            joinedload(Transfer.origin),
            joinedload(Transfer.target),
        )
        .order_by(Transfer.day.desc(), Transfer.taken_back_at.is_not(None))
    ).all()


def transfer_into(db: Session, membership: Membership) -> Transfer | None:
    """The transfer by which this membership began, unless it has been taken back."""
    return db.scalars(
        select(Transfer).where(Transfer.begun_id == membership.id, Transfer.taken_back_at.is_(None))
    ).first()


def may_go_to(cell: Unit, day: date) -> ColumnElement[bool]:
    """The cells but this one that are there on that day or later."""
    return and_(
        Unit.kind == UnitKind.CELL,
        Unit.id != cell.id,
        Unit.until.is_(None) | (Unit.until >= day),
    )


def few_cells(db: Session, within: ColumnElement[bool]) -> Sequence[Unit] | None:
    """All these cells in the order of the tree; None when they are too many to show at once."""
    found = db.scalars(
        select(Unit).where(within).options(joinedload(Unit.parent)).limit(FEW + 1)
    ).all()
    return None if len(found) > FEW else sorted(found, key=lambda unit: order(unit.path))


def other_cells(
    db: Session, cell: Unit, day: date, *, visible: ColumnElement[bool]
) -> Sequence[Unit]:
    """All the cells but this one that are there on that day or later, in the order of the tree."""
    within = visible & may_go_to(cell, day)
    found = db.scalars(select(Unit).where(within).options(joinedload(Unit.parent)))
    return sorted(found, key=lambda unit: order(unit.path))
