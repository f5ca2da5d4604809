"""Questions about temporary activity: whose, where, and how long is usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.kernel.ids import UnitId, UserId
from studyhub.org.models import Membership, Unit
from studyhub.org.stays import Stay

SHORT, LONG, LONGEST = 3, 12, 24
"""Months: usual are three to less than twelve; for studies up to twenty-four."""


class Length(StrEnum):
    """How long a stay is, measured by what is usual."""

    USUAL = "usual"
    SHORT = "short"
    LONG = "long"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Guest:
    """Somebody who takes part here for a time, and where they are counted."""

    stay: Stay
    membership: Membership

    @property
    def user(self) -> User:
        """The person."""
        return self.stay.user


@dataclass(frozen=True)
class Stays:
    """The stays of a day that concern one cell: its guests, and its members who are elsewhere."""

    guests: Sequence[Guest]
    away: Mapping[UserId, Stay]


def length_of(since: date, until: date) -> Length:
    """Whether that is as long as usual. A warning is drawn from it, never a refusal."""
    months = (until.year - since.year) * 12 + until.month - since.month
    months -= until.day + 1 < since.day
    if months < SHORT:
        return Length.SHORT
    if months < LONG:
        return Length.USUAL
    return Length.LONG if months <= LONGEST else Length.TOO_LONG


def stays_of(db: Session, user_id: UserId | UUID) -> Sequence[Stay]:
    """Every stay of a person, those taken back among them, the latest first."""
    return db.scalars(
        select(Stay)
        .where(Stay.user_id == user_id)
        .options(joinedload(Stay.host))
        .order_by(Stay.since.desc(), Stay.taken_back_at.is_not(None))
    ).all()


def stays_on(db: Session, cell: Unit, day: date) -> Stays:
    """Who is a guest of this cell on that day, and who of it is a guest elsewhere."""
    rows = db.execute(
        select(Stay, Membership)
        .join(Stay.user)
        .join(Membership, (Membership.user_id == Stay.user_id) & Membership.covers(day))
        .where(
            Stay.holds(day),
            or_(Stay.host_id == cell.id, Membership.cell_id == cell.id),
        )
        .options(contains_eager(Stay.user), joinedload(Stay.host), joinedload(Membership.cell))
        .order_by(User.name_order, User.born_on, User.id)
    ).all()
    return Stays(
        guests=[Guest(stay, home) for stay, home in rows if stay.host_id == cell.id],
        away={stay.user_id: stay for stay, home in rows if home.cell_id == cell.id},
    )


def stays_touched(db: Session, cells: Sequence[Unit], day: date) -> Sequence[Stay]:
    """The stays that go on at that day or begin later, with or by members of these cells."""
    ids: list[UnitId] = [cell.id for cell in cells]
    members = select(Membership.user_id).where(
        Membership.cell_id.in_(ids), Membership.until.is_(None) | (Membership.until >= day)
    )
    return db.scalars(
        select(Stay)
        .join(Stay.user)
        .where(
            Stay.taken_back_at.is_(None),
            Stay.until >= day,
            or_(Stay.host_id.in_(ids), Stay.user_id.in_(members)),
        )
        .options(contains_eager(Stay.user), joinedload(Stay.host))
        .order_by(User.name_order, User.id, Stay.since)
    ).all()
