"""Adding somebody new to the register: the person, their cell, and a way to sign in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.kernel.actor import Actor
from studyhub.org.memberships import admit
from studyhub.org.models import Membership, Standing, Unit


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is known about a person."""

    full_name: str
    born_on: date | None = None
    card_number: str | None = None
    email: str | None = None
    phone: str = ""


@dataclass(frozen=True)
class Newcomer:
    """A membership just begun, and the first password, to be told once."""

    membership: Membership
    first_password: str | None


def add_member(
    db: Session,
    cell: Unit,
    who: Particulars,
    *,
    standing: Standing,
    since: date,
    group: Unit | None = None,
    basis: str = "",
    give_password: bool = True,
    by: Actor | None,
    now: datetime,
) -> Newcomer:
    """Add a person and admit them to the cell, all or nothing."""
    user = accounts.add_person(db, **vars(who), by=by, now=now)
    membership = admit(
        db, user, cell, standing=standing, since=since, group=group, basis=basis, by=by, now=now
    )
    password = accounts.give_first_password(db, user, by=by, now=now) if give_password else None
    return Newcomer(membership, password)
