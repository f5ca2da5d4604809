"""Adding somebody new to the register: the person, their cell, and a way to sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import new_uuid
from studyhub.org.memberships import admit, record
from studyhub.org.models import Membership, Standing, Unit
from studyhub.org.rules import require_valid
from studyhub.org.stretches import require_cell


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


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody new, and how they belong to which cell."""

    who: Particulars
    cell: Unit
    standing: Standing
    since: date


def add_members(
    db: Session, arrivals: Sequence[Arrival], *, by: Actor | None, now: datetime
) -> list[User]:
    """Add many people and admit each to a cell, without passwords: what a list brings.

    The same as `add_member` for one after the other, written at once: who is new
    belongs nowhere and is held by nobody. A number already taken is an `IntegrityError`.
    """
    for cell, since in {(arrival.cell, arrival.since) for arrival in arrivals}:
        require_cell(cell)
        require_valid(cell, since)
    people = [User(id=new_uuid(), **vars(arrival.who)) for arrival in arrivals]
    accounts.add_people(db, people, by=by, now=now)
    memberships = [
        Membership(
            id=new_uuid(), user=user, cell=arrival.cell, standing=arrival.standing,
            since=arrival.since, basis="",
        )
        for user, arrival in zip(people, arrivals, strict=True)
    ]  # fmt: skip
    db.add_all(memberships)
    for row in memberships:
        record(db, Deed.MEMBERSHIP_BEGUN, row, row.since, by=by, now=now)
    db.flush()
    return people


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
