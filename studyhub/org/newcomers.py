"""Adding somebody new to the register: the person, their cell, and a way to sign in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.database import Base
from studyhub.kernel.ids import new_uuid
from studyhub.org.memberships import admit
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


def drawn_up(arrival: Arrival, *, by: Actor | None, now: datetime) -> tuple[User, list[Base]]:
    """Somebody new as `add_member` would write them, without a password: for a whole list at once.

    In no session, with what goes into the log. Who is new belongs nowhere and is held by
    nobody; that the cell takes them in on that day is asked here.
    """
    cell, since = arrival.cell, arrival.since
    require_cell(cell)
    require_valid(cell, since)
    user = accounts.drawn_up(**vars(arrival.who))
    row = Membership(
        id=new_uuid(), user_id=user.id, cell_id=cell.id, standing=arrival.standing, since=since,
        basis="",
    )  # fmt: skip
    begun = log.entry(
        Deed.MEMBERSHIP_BEGUN, row.id, by=by, now=now,
        person=str(user.id), cell=str(cell.id), standing=row.standing.value, day=since.isoformat(),
    )  # fmt: skip
    return user, [user, log.entry(Deed.PERSON_ADDED, user.id, by=by, now=now), row, begun]


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
