"""The collective transfer (chuyển sinh hoạt tập thể): many members go together, by one act."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts.models import User
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Conflict
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.org.memberships import record
from studyhub.org.models import Membership, Transfer, Unit


def members_to_move(db: Session, cells: Sequence[Unit]) -> Sequence[Membership]:
    """The open memberships of these cells, held in one order until the transaction ends."""
    people = select(Membership.user_id).where(
        Membership.cell_id.in_([cell.id for cell in cells]), Membership.until.is_(None)
    )
    db.execute(select(User.id).where(User.id.in_(people)).order_by(User.id).with_for_update())
    return db.scalars(
        select(Membership)
        .where(Membership.user_id.in_(people), Membership.until.is_(None))
        .options(joinedload(Membership.user), joinedload(Membership.cell))
        .order_by(Membership.user_id)
        .execution_options(populate_existing=True)
    ).all()


def move_together(
    db: Session,
    memberships: Sequence[Membership],
    to: Unit,
    *,
    on: date,
    basis: str,
    reorganization_id: UUID,
    by: Actor | None,
    now: datetime,
) -> list[Transfer]:
    """From that day these people belong to the other cell; the rest of their papers stay."""
    for left in memberships:
        left.until, left.until_basis = on - ONE_DAY, basis
    db.flush()  # before the new ones: nobody has two open memberships at once
    moved = [_transfer(left, to, on, basis, reorganization_id) for left in memberships]
    db.add_all(moved)
    db.flush()
    for transfer in moved:
        if transfer.begun:
            record(db, Deed.TRANSFERRED, transfer.begun, on, by=by, now=now,
                   origin=str(transfer.origin_id), together=str(reorganization_id))  # fmt: skip
    return moved


def moved_by(db: Session, reorganization_id: UUID) -> Sequence[Transfer]:
    """The collective transfers of an act that stand."""
    return db.scalars(
        select(Transfer)
        .where(Transfer.reorganization_id == reorganization_id, Transfer.taken_back_at.is_(None))
        .options(joinedload(Transfer.left).joinedload(Membership.user), joinedload(Transfer.begun))
    ).all()


def targets_of(db: Session, reorganization_id: UUID) -> dict[UserId, Unit]:
    """Where each person was moved by an act."""
    rows = db.execute(
        select(Membership.user_id, Unit)
        .select_from(Transfer)
        .join(Transfer.left)
        .join(Unit, Unit.id == Transfer.target_id)
        .where(Transfer.reorganization_id == reorganization_id, Transfer.taken_back_at.is_(None))
    )
    return dict(rows.all())


def require_unmoved(db: Session, reorganization_id: UUID) -> None:
    """Nobody has gone further since, or changed standing: the act can be taken back."""
    for transfer in moved_by(db, reorganization_id):
        begun = transfer.begun
        if begun is None or begun.until is not None or begun.cell_id != transfer.target_id:
            raise Conflict(
                N_("More has happened to %(name)s since. What was done can no longer be undone."),
                name=transfer.left.user.full_name,
            )


def take_back_together(
    db: Session, reorganization_id: UUID, *, basis: str, by: Actor | None, now: datetime
) -> int:
    """These people never went: they have belonged to their old cells all the time.

    The record of the transfer stays, with the moment it was taken back.
    """
    moved = moved_by(db, reorganization_id)
    for transfer in moved:
        begun, transfer.begun = transfer.begun, None
        transfer.taken_back_at, transfer.taken_back_basis = now, basis
        db.flush()
        if begun is not None:
            _pass_on(db, begun, transfer.left)
            db.delete(begun)
    db.flush()
    for transfer in moved:
        transfer.left.until, transfer.left.until_basis = None, ""
        record(db, Deed.TRANSFER_TAKEN_BACK, transfer.left, transfer.day, by=by, now=now,
               together=str(reorganization_id))  # fmt: skip
    db.flush()
    return len(moved)


def _pass_on(db: Session, begun: Membership, left: Membership) -> None:
    """Later transfers that were taken back began with the stretch that now never was."""
    db.execute(update(Transfer).where(Transfer.left_id == begun.id).values(left_id=left.id))


def _transfer(
    left: Membership, to: Unit, on: date, basis: str, reorganization_id: UUID
) -> Transfer:
    begun = Membership(
        id=new_uuid(), user=left.user, cell=to, standing=left.standing, since=on, basis=basis
    )
    return Transfer(
        id=new_uuid(), left=left, begun=begun, origin_id=left.cell_id, target=to, day=on,
        basis=basis, reorganization_id=reorganization_id,
    )  # fmt: skip
