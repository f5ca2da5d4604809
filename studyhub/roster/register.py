"""What is there: the cells below a unit, their members, and whoever else a list may mean.

Read as plain values in a constant number of questions; compared in memory.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UnitId, UserId
from studyhub.kernel.vietnamese import fold
from studyhub.org.models import (
    Appointment,
    Exemption,
    ExemptionKind,
    Membership,
    Standing,
    Unit,
    UnitKind,
)
from studyhub.roster.columns import plain

AT_ONCE = 5_000
"""So many values in one question."""

Rows = Sequence[Any]


@dataclass(frozen=True)
class CellKnown:
    """A cell that is there."""

    id: UnitId
    name: str
    since: date


@dataclass(frozen=True)
class Known:
    """A person who is there, with what a list may change."""

    id: UserId
    name: str
    born: date | None
    card: str | None
    email: str | None
    phone: str
    cell_id: UnitId | None = None
    standing: Standing | None = None
    since: date | None = None
    is_ours: bool = True
    """Belongs to a cell of this unit, or to none and the unit is the whole organization."""


@dataclass(frozen=True)
class Term:
    """A time of exemption or suspension."""

    since: date
    until: date | None
    kind: ExemptionKind

    def is_exemption_on(self, day: date) -> bool:
        """Whether the person is exempt, not suspended, on that day."""
        lasts = self.since <= day and (self.until is None or day <= self.until)
        return lasts and self.kind is ExemptionKind.EXEMPT

    def reaches(self, day: date) -> bool:
        """Whether it goes on to that day or beyond."""
        return self.until is None or self.until >= day


@dataclass
class Register:
    """Everything a list is compared with."""

    cells: dict[str, list[CellKnown]] = field(default_factory=lambda: defaultdict(list))
    names: dict[UnitId, str] = field(default_factory=dict)
    people: dict[UserId, Known] = field(default_factory=dict)
    by_card: dict[str, Known] = field(default_factory=dict)
    by_email: dict[str, UserId] = field(default_factory=dict)
    by_name: dict[tuple[UnitId, str], list[Known]] = field(
        default_factory=lambda: defaultdict(list)
    )
    exemptions: dict[UserId, list[Term]] = field(default_factory=lambda: defaultdict(list))
    posts: set[tuple[UnitId, Post, UserId]] = field(default_factory=set)
    secretaries: dict[UnitId, UserId] = field(default_factory=dict)

    def take(self, person: Known) -> None:
        """Remember a person under everything a line may know them by."""
        self.people[person.id] = person
        if person.card:
            self.by_card[person.card] = person
        if person.email:
            self.by_email[person.email] = person.id
        if person.cell_id:
            self.by_name[person.cell_id, fold(person.name)].append(person)


@dataclass(frozen=True)
class Seen:
    """What was read of the register, row by row: of two that are equal, nothing has moved."""

    unit: tuple[Any, ...]
    cells: Rows
    members: Rows
    others: Rows
    exemptions: Rows
    posts: Rows


def look(
    db: Session, unit_id: UUID, as_of: date, *, cards: Collection[str], emails: Collection[str]
) -> Seen:
    """The register below that unit, and whoever elsewhere bears one of these numbers or addresses.

    A constant number of questions for a list of any usual length.
    """
    facts = (Unit.path, Unit.parent_id, Unit.kind, Unit.since, Unit.until, Unit.children_ever)
    unit = db.execute(select(*facts).where(Unit.id == unit_id)).one()
    members = db.execute(_members(unit.path)).all()
    others = [
        *_others(db, User.card_number, set(cards) - {row.card_number for row in members}),
        *_others(db, User.email, set(emails) - {row.email for row in members}),
    ]
    return Seen(
        tuple(unit),
        db.execute(_cells(unit.path, as_of)).all(),
        members,
        others,
        db.execute(_exemptions(unit.path)).all(),
        db.execute(_posts(unit.path, as_of)).all(),
    )


def register_of(seen: Seen) -> Register:
    """The same in the order in which a list is compared with it."""
    register = Register()
    for id_, name, short, since in seen.cells:
        register.names[id_] = name
        for said in filter(None, dict.fromkeys((plain(name), plain(short)))):
            register.cells[said].append(CellKnown(id_, name, since))
    for row in seen.members:
        register.take(Known(*row))
    _take_others(register, seen)
    for user_id, since, until, kind in seen.exemptions:
        register.exemptions[user_id].append(Term(since, until, kind))
    register.posts = set(map(tuple, seen.posts))
    register.secretaries = {at: who for at, post, who in seen.posts if post is Post.SECRETARY}
    return register


def _take_others(register: Register, seen: Seen) -> None:
    """People outside: whoever belongs elsewhere is not ours to change."""
    is_root = seen.unit[1] is None
    for *person, closed_at in seen.others:
        is_ours = person[-3] is None and closed_at is None and is_root
        known = replace(Known(*person), is_ours=is_ours)
        if known.id not in register.people:
            register.take(known)


def _cells(path: str, as_of: date) -> Select[*tuple[Any, ...]]:
    return (
        select(Unit.id, Unit.name, Unit.short_name, Unit.since)
        .where(
            _below(path),
            Unit.kind == UnitKind.CELL,
            Unit.until.is_(None) | (Unit.until >= as_of),
        )
        .order_by(Unit.path)
    )


_PERSON = (User.id, User.full_name, User.born_on, User.card_number, User.email, User.phone)
_PLACE = (Membership.cell_id, Membership.standing, Membership.since)


def _members(path: str) -> Select[*tuple[Any, ...]]:
    return (
        select(*_PERSON, *_PLACE)
        .join(Membership, Membership.user_id == User.id)
        .join(Unit, Unit.id == Membership.cell_id)
        .where(Membership.until.is_(None), _below(path))
        .order_by(User.name_order, User.id)
    )


def _others(db: Session, by: Any, wanted: Iterable[str]) -> Iterator[Any]:
    open_one = (Membership.user_id == User.id) & Membership.until.is_(None)
    others = select(*_PERSON, *_PLACE, User.closed_at).outerjoin(Membership, open_one)
    for some in _in_pieces(sorted(wanted)):
        yield from db.execute(others.where(by.in_(some)).order_by(by))


def _in_pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _exemptions(path: str) -> Select[*tuple[Any, ...]]:
    return (
        select(Exemption.user_id, Exemption.since, Exemption.until, Exemption.kind)
        .join(Membership, Membership.user_id == Exemption.user_id)
        .join(Unit, Unit.id == Membership.cell_id)
        .where(Membership.until.is_(None), _below(path))
        .order_by(Exemption.id)
    )


def _posts(path: str, as_of: date) -> Select[*tuple[Any, ...]]:
    return (
        select(Appointment.unit_id, Appointment.post, Appointment.user_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(_below(path), Appointment.until.is_(None) | (Appointment.until >= as_of))
        .order_by(Appointment.id)
    )


def _below(path: str) -> ColumnElement[bool]:
    return Unit.path.startswith(path, autoescape=True)
