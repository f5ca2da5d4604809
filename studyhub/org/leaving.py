"""The deed of leaving the Party: everything a person holds ends, and the account closes."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor
from studyhub.org.memberships import end_membership
from studyhub.org.models import Appointment, Leaving, Membership
from studyhub.org.stretches import lay_down_all


def leave(
    db: Session,
    membership: Membership,
    *,
    reason: Leaving,
    until: date,
    closes_at: datetime,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> None:
    """That day is the last: membership and all posts end; from `closes_at` nobody signs in.

    Undone by taking the end back; posts are then to be given anew.
    """
    end_membership(db, membership, until=until, basis=basis, by=by, now=now)
    membership.leaving = reason
    user = membership.user
    lay_down_all(db, posts_after(db, user, until), until=until, basis=basis, by=by, now=now)
    accounts.close(db, user, at=closes_at, by=by, now=now)


def posts_after(db: Session, user: User, until: date) -> list[Appointment]:
    """Every post the person holds or will hold after that day, on whatever unit."""
    held = select(Appointment).where(
        Appointment.user_id == user.id,
        Appointment.until.is_(None) | (Appointment.until > until),
    )
    told = held.options(joinedload(Appointment.unit)).order_by(Appointment.since)
    return list(db.scalars(told))
