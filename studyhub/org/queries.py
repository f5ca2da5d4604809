"""Who belongs to a cell, who holds which post, what a person's way was."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.kernel.ids import UserId
from studyhub.org.guests import stays_of
from studyhub.org.models import Appointment, Exemption, Membership, Transfer, Unit, UnitKind
from studyhub.org.movements import transfers_of
from studyhub.org.overview import Figures
from studyhub.org.rules import RANK
from studyhub.org.stays import Stay


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to a cell on a day, with exemption and posts there."""

    membership: Membership
    exemption: Exemption | None
    posts: tuple[Appointment, ...]

    @property
    def user(self) -> User:
        """The person."""
        return self.membership.user


@dataclass(frozen=True)
class History:
    """Everything that is known of a person in the organization, the latest first."""

    memberships: Sequence[Membership]
    exemptions: Sequence[Exemption]
    appointments: Sequence[Appointment]
    transfers: Sequence[Transfer] = ()
    stays: Sequence[Stay] = ()


def members_of(
    db: Session, cell: Unit, day: date, *, posts: Sequence[Appointment] = ()
) -> list[Member]:
    """The members of a cell on that day, by given name, each with those of `posts` they hold."""
    memberships = db.scalars(
        select(Membership)
        .join(Membership.user)
        .where(Membership.cell_id == cell.id, Membership.covers(day))
        .options(contains_eager(Membership.user), joinedload(Membership.group))
        .order_by(User.name_order, User.born_on, User.id)
    ).all()
    exemptions = _exemptions_in(db, cell, day)
    held: dict[UserId, list[Appointment]] = defaultdict(list)
    for appointment in posts:
        held[appointment.user_id].append(appointment)
    return [
        Member(row, exemptions.get(row.user_id), tuple(held[row.user_id])) for row in memberships
    ]


def figures_of(members: Sequence[Member]) -> Figures:
    """The same figures as the tree gives, counted from the members at hand."""
    exemptions = [member.exemption for member in members]
    standings = [member.membership.standing.value for member in members]
    return Figures(
        official=standings.count("official"),
        probationary=standings.count("probationary"),
        exempt=sum(bool(row and not row.is_suspension) for row in exemptions),
    )


def posts_on(db: Session, unit: Unit, day: date) -> list[Appointment]:
    """The posts held on that very unit on that day, in the order of rank."""
    return sorted(db.scalars(_posts(unit).where(Appointment.covers(day))), key=by_rank)


def by_rank(appointment: Appointment) -> int:
    """A key that puts posts in the order of rank."""
    return RANK[appointment.post]


def posts_of(db: Session, user_id: UserId, *, since: date) -> Sequence[Appointment]:
    """The posts a person holds from that day on, now or later, with their units."""
    return db.scalars(
        select(Appointment)
        .where(
            Appointment.user_id == user_id,
            Appointment.until.is_(None) | (Appointment.until >= since),
        )
        .options(joinedload(Appointment.unit))
    ).all()


def belonging(db: Session, user_ids: Sequence[UserId]) -> dict[UserId, Membership]:
    """The open membership of each of these people who has one."""
    rows = db.scalars(
        select(Membership)
        .where(Membership.user_id.in_(user_ids), Membership.until.is_(None))
        .options(joinedload(Membership.cell))
    )
    return {row.user_id: row for row in rows}


def posts_ever(db: Session, unit: Unit) -> Sequence[Appointment]:
    """All posts ever held on that very unit, the latest first."""
    return db.scalars(_posts(unit).order_by(None).order_by(Appointment.since.desc())).all()


def groups_of(db: Session, cell: Unit, day: date) -> Sequence[Unit]:
    """The groups of a cell on that day."""
    return db.scalars(
        select(Unit)
        .where(Unit.parent_id == cell.id, Unit.kind == UnitKind.GROUP, Unit.covers(day))
        .order_by(Unit.name)
    ).all()


def history_of(db: Session, user_id: UserId | UUID) -> History:
    """The person's whole way: cells, exemptions and posts."""
    return History(
        memberships=db.scalars(
            select(Membership)
            .where(Membership.user_id == user_id)
            .options(joinedload(Membership.cell), joinedload(Membership.group))
            .order_by(Membership.since.desc())
        ).all(),
        exemptions=db.scalars(
            select(Exemption).where(Exemption.user_id == user_id).order_by(Exemption.since.desc())
        ).all(),
        appointments=db.scalars(
            select(Appointment)
            .where(Appointment.user_id == user_id)
            .options(joinedload(Appointment.unit))
            .order_by(Appointment.since.desc())
        ).all(),
        transfers=transfers_of(db, user_id),
        stays=stays_of(db, user_id),
    )


def latest_membership(db: Session, user_id: UserId | UUID) -> Membership | None:
    """The membership a person has now, or had last."""
    return db.scalars(
        select(Membership)
        .where(Membership.user_id == user_id)
        .order_by(Membership.since.desc())
        .limit(1)
    ).first()


def _posts(unit: Unit) -> Select[Appointment]:
    return (
        select(Appointment)
        .join(Appointment.user)
        .where(Appointment.unit_id == unit.id)
        .options(contains_eager(Appointment.user))
        .order_by(User.name_order, Appointment.since)
    )


def _exemptions_in(db: Session, cell: Unit, day: date) -> dict[UserId, Exemption]:
    found = db.scalars(
        select(Exemption)
        .join(Membership, Membership.user_id == Exemption.user_id)
        .where(Membership.cell_id == cell.id, Membership.covers(day), Exemption.covers(day))
    )
    return {exemption.user_id: exemption for exemption in found}
