"""What every deed about a stretch of belonging needs: holding the person, checking, closing."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.models import Appointment, Membership, Unit, UnitKind
from studyhub.org.posts import lay_down
from studyhub.org.rules import LEADING, said


def hold(db: Session, user: User) -> None:
    """Two deeds about one person follow each other."""
    db.flush()
    db.execute(select(User.id).where(User.id == user.id).with_for_update())


def require_cell(cell: Unit, group: Unit | None = None) -> None:
    """Members belong to cells, and to a group of the very cell."""
    if not cell.is_cell:
        raise Unfit(N_("Members belong to a cell; %(unit)s is none."), unit=cell.name)
    if group is not None and (group.kind is not UnitKind.GROUP or group.parent_id != cell.id):
        raise Unfit(N_("The group must be one of this cell."))


def require_free(db: Session, user: User, since: date, but: Membership | None = None) -> None:
    """From that day on the person belongs nowhere, or only by `but`."""
    overlapping = select(Membership).where(
        Membership.user_id == user.id, Membership.until.is_(None) | (Membership.until >= since)
    )
    if but is not None:
        overlapping = overlapping.where(Membership.id != but.id)
    other = db.scalars(overlapping.order_by(Membership.since).limit(1)).first()
    if other is not None:
        raise Conflict(
            N_("%(name)s belongs to %(cell)s since %(since)s. End that membership first."),
            name=user.full_name,
            cell=other.cell.name,
            since=said(other.since),
        )


def require_open(membership: Membership) -> None:
    """What has an end is not ended again."""
    if membership.until is not None:
        raise Untimely(
            N_("This membership ended on %(until)s already."), until=said(membership.until)
        )


def close(db: Session, membership: Membership, until: date, basis: str) -> None:
    """Flushed at once: the row that is open next must not meet this one open."""
    membership.until, membership.until_basis = until, tidy(basis)
    db.flush()


def posts_in_cell(db: Session, membership: Membership, until: date) -> list[Appointment]:
    """The posts in the cell that go on after that day, and end with the membership."""
    return list(
        db.scalars(
            select(Appointment)
            .where(
                Appointment.user_id == membership.user_id,
                Appointment.unit_id == membership.cell_id,
                Appointment.post.in_(LEADING),
                Appointment.until.is_(None) | (Appointment.until > until),
            )
            .order_by(Appointment.since)
        )
    )


def lay_down_all(
    db: Session,
    posts: list[Appointment],
    *,
    until: date,
    basis: str,
    by: Actor | None,
    now: datetime,
) -> None:
    """These posts end on that day; one that begins later ends on the day it begins."""
    for appointment in posts:
        last = max(until, appointment.since)
        if appointment.until != last:
            lay_down(db, appointment, until=last, basis=basis, by=by, now=now)
