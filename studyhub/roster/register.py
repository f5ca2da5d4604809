"""What is there: the cells below a unit, their members, and whoever else a list may mean.

Read as plain values in a constant number of questions; compared in memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

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


def register_of(
    db: Session, unit: Unit, as_of: date, *, cards: Iterable[str], emails: Iterable[str]
) -> Register:
    """The register below `unit`, and whoever elsewhere bears one of these numbers or addresses."""
    register = Register()
    _take_cells(db, register, unit, as_of)
    for row in db.execute(_members(unit)):
        register.take(Known(*row))
    _take_others(db, register, unit, User.card_number, set(cards) - register.by_card.keys())
    _take_others(db, register, unit, User.email, set(emails) - register.by_email.keys())
    _take_exemptions(db, register, unit)
    _take_posts(db, register, unit, as_of)
    return register


def _take_cells(db: Session, register: Register, unit: Unit, as_of: date) -> None:
    cells = select(Unit.id, Unit.name, Unit.short_name, Unit.since).where(
        Unit.path.startswith(unit.path, autoescape=True),
        Unit.kind == UnitKind.CELL,
        Unit.until.is_(None) | (Unit.until >= as_of),
    )
    for id_, name, short, since in db.execute(cells.order_by(Unit.path)):
        register.names[id_] = name
        for said in dict.fromkeys((plain(name), plain(short))):
            if said:
                register.cells[said].append(CellKnown(id_, name, since))


_PERSON = (User.id, User.full_name, User.born_on, User.card_number, User.email, User.phone)
_PLACE = (Membership.cell_id, Membership.standing, Membership.since)


def _members(unit: Unit) -> Select[*tuple[Any, ...]]:
    return (
        select(*_PERSON, *_PLACE)
        .join(Membership, Membership.user_id == User.id)
        .join(Unit, Unit.id == Membership.cell_id)
        .where(Membership.until.is_(None), _below(unit))
        .order_by(User.name_order, User.id)
    )


def _take_others(
    db: Session, register: Register, unit: Unit, by: Any, wanted: Iterable[str]
) -> None:
    """People outside: whoever belongs elsewhere is not ours to change."""
    open_one = (Membership.user_id == User.id) & Membership.until.is_(None)
    others = select(*_PERSON, *_PLACE, User.closed_at).outerjoin(Membership, open_one)
    for some in _in_pieces(sorted(wanted)):
        for *person, closed_at in db.execute(others.where(by.in_(some))):
            is_ours = person[-3] is None and closed_at is None and unit.parent_id is None
            known = replace(Known(*person), is_ours=is_ours)
            if known.id not in register.people:
                register.take(known)


def _in_pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _take_exemptions(db: Session, register: Register, unit: Unit) -> None:
    found = (
        select(Exemption.user_id, Exemption.since, Exemption.until, Exemption.kind)
        .join(Membership, Membership.user_id == Exemption.user_id)
        .join(Unit, Unit.id == Membership.cell_id)
        .where(Membership.until.is_(None), _below(unit))
    )
    for user_id, since, until, kind in db.execute(found):
        register.exemptions[user_id].append(Term(since, until, kind))


def _take_posts(db: Session, register: Register, unit: Unit, as_of: date) -> None:
    held = (
        select(Appointment.unit_id, Appointment.post, Appointment.user_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(_below(unit), Appointment.until.is_(None) | (Appointment.until >= as_of))
    )
    for unit_id, post, user_id in db.execute(held):
        register.posts.add((unit_id, post, user_id))
        if post is Post.SECRETARY:
            register.secretaries[unit_id] = user_id


def _below(unit: Unit) -> ColumnElement[bool]:
    return Unit.path.startswith(unit.path, autoescape=True)
