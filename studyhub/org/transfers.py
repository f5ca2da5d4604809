"""The deeds of official transfer between cells (chuyển sinh hoạt chính thức)."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.memberships import record
from studyhub.org.models import Appointment, Membership, Transfer, Unit
from studyhub.org.rules import LEADING, require_valid, said
from studyhub.org.staying import close_stays
from studyhub.org.stretches import (
    close,
    hold,
    lay_down_all,
    posts_in_cell,
    require_cell,
    require_open,
)
from studyhub.org.telling import tell_of_return, tell_of_transfer


def transfer(
    db: Session,
    membership: Membership,
    to: Unit,
    *,
    on: date,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> Transfer:
    """From that day the person belongs to the other cell, with the same standing.

    The day may be past or to come. The membership in the old cell ends the day
    before, and the posts there with it; lists of open rounds stay as they are.
    """
    hold(db, membership.user)
    require_transferable(membership, to, on)
    origin, last = membership.cell, on - ONE_DAY
    close(db, membership, last, basis)
    posts = posts_in_cell(db, membership, last)
    lay_down_all(db, posts, until=last, basis=basis, by=by, now=now)
    begun = Membership(
        id=new_uuid(),
        user=membership.user,
        cell=to,
        standing=membership.standing,
        since=on,
        basis=tidy(basis),
    )
    moved = Transfer(
        id=new_uuid(), left=membership, begun=begun, origin=origin, target=to, day=on,
        basis=tidy(basis),
    )  # fmt: skip
    db.add_all([begun, moved])
    db.flush()
    record(db, Deed.TRANSFERRED, begun, on, by=by, now=now, origin=str(origin.id))
    close_stays(db, begun.user, host=to, last=last, basis=basis, by=by, now=now)
    tell_of_transfer(db, moved, begun, by=by, now=now)
    return moved


def require_transferable(membership: Membership, to: Unit, on: date) -> None:
    """Refuse what cannot be: another cell must be there on that day, after the first one here."""
    require_open(membership)
    require_cell(to)
    if to.id == membership.cell_id:
        raise Unfit(N_("The member belongs to this cell already. Choose another."), about="to")
    if on <= membership.since:
        raise Unfit(
            N_("A transfer comes after the first day in the cell, %(since)s."),
            about="on",
            since=said(membership.since),
        )
    require_valid(to, on, about="on")


def take_back_transfer(
    db: Session, moved: Transfer, *, basis: str = "", by: Actor | None, now: datetime
) -> None:
    """The transfer was wrong: the person has belonged to the old cell all the time.

    What was recorded of the transfer stays, with the moment it was taken back.
    Once something stands on it, the way back is another transfer.
    """
    hold(db, moved.left.user)
    begun = _undisturbed(db, moved)
    moved.taken_back_at, moved.taken_back_basis = now, tidy(basis)
    begun.cell, begun.group, begun.basis = moved.origin, moved.left.group, tidy(basis)
    db.flush()
    record(db, Deed.TRANSFER_TAKEN_BACK, begun, moved.day, by=by, now=now,
           target=str(moved.target.id))  # fmt: skip
    last = moved.day - ONE_DAY
    close_stays(db, begun.user, host=moved.origin, last=last, basis=basis, by=by, now=now)
    tell_of_return(db, moved, begun, by=by, now=now)


def _undisturbed(db: Session, moved: Transfer) -> Membership:
    """The membership that began with it, as long as nothing stands on it."""
    begun = moved.begun
    if moved.taken_back_at is not None or begun is None:
        raise Untimely(N_("This transfer has been taken back already."))
    if moved.reorganization_id is not None:
        raise Untimely(
            N_("The member moved together with the cell. Only the whole act can be undone.")
        )
    if begun.until is not None:
        raise Untimely(
            N_("More has happened since this transfer. Transfer the member back instead.")
        )
    post = db.scalar(
        select(Appointment.id).where(
            Appointment.user_id == begun.user_id,
            Appointment.unit_id == moved.target_id,
            Appointment.post.in_(LEADING),
            Appointment.until.is_(None) | (Appointment.until >= moved.day),
        )
    )
    if post is not None:
        raise Conflict(
            N_("The member has taken up a post in %(cell)s. Transfer the member back instead."),
            cell=moved.target.name,
        )
    return begun
