"""What stands below a unit, with how many belong where: a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Appointment, Exemption, ExemptionKind, Membership, Unit
from studyhub.org.tree import lineage, order


@dataclass(frozen=True)
class Figures:
    """How many members, and how many of them are exempt."""

    official: int = 0
    probationary: int = 0
    exempt: int = 0

    @property
    def total(self) -> int:
        """Everybody who belongs, exempt or not."""
        return self.official + self.probationary

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.official + other.official,
            self.probationary + other.probationary,
            self.exempt + other.exempt,
        )


NOBODY = Figures()


@dataclass(frozen=True)
class Branch:
    """A unit with its figures and its secretary."""

    unit: Unit
    figures: Figures
    secretary: User | None


def units_below(
    db: Session, unit: Unit, day: date, *, visible: ColumnElement[bool]
) -> list[Branch]:
    """The units one step below, with the figures of everything in them."""
    units = db.scalars(
        select(Unit).where(visible, Unit.parent_id == unit.id, Unit.covers(day))
    ).all()
    figures = figures_on(db, day, within=Unit.path.startswith(unit.path, autoescape=True))
    secretaries = secretaries_on(db, [below.id for below in units], day)
    return [
        _branch(below, figures, secretaries)
        for below in sorted(units, key=lambda found: order(found.path))
    ]


def figures_on(db: Session, day: date, *, within: ColumnElement[bool]) -> dict[str, Figures]:
    """The figures by path, of every cell in question and of all units above it."""
    standing = Membership.standing
    belonging = (
        select(Unit.path, standing, func.count())
        .join(Membership, Membership.cell_id == Unit.id)
        .where(within, Membership.covers(day))
        .group_by(Unit.path, standing)
    )
    totals: dict[str, Figures] = defaultdict(Figures)
    for path, word, count in db.execute(belonging):
        _add(totals, path, Figures(**{word.value: count}))
    for path, count in db.execute(_exempt_on(day).where(within)):
        _add(totals, path, Figures(exempt=count))
    return totals


def _exempt_on(day: date) -> Select[*tuple[Any, ...]]:
    """Begun from the exemptions: there are far fewer of them than members."""
    return (
        select(Unit.path, func.count())
        .select_from(Exemption)
        .join(Membership, Membership.user_id == Exemption.user_id)
        .join(Unit, Unit.id == Membership.cell_id)
        .where(
            Exemption.kind == ExemptionKind.EXEMPT, Exemption.covers(day), Membership.covers(day)
        )
        .group_by(Unit.path)
    )


def _add(totals: dict[str, Figures], path: str, figures: Figures) -> None:
    for above in lineage(path):
        totals[above] += figures


def secretaries_on(db: Session, unit_ids: Sequence[UnitId], day: date) -> dict[UnitId, User]:
    """Who is secretary of each of these units on that day."""
    held = db.scalars(
        select(Appointment)
        .join(Appointment.user)
        .where(
            Appointment.unit_id.in_(unit_ids),
            Appointment.post == Post.SECRETARY,
            Appointment.covers(day),
        )
        .options(contains_eager(Appointment.user))
    )
    return {appointment.unit_id: appointment.user for appointment in held}


def line_of(db: Session, unit: Unit) -> list[Unit]:
    """All the units a unit lies in, from the root down."""
    above = lineage(unit.path)[:-1]
    found = db.scalars(select(Unit).where(Unit.path.in_(above))) if above else ()
    return sorted(found, key=lambda one: order(one.path))


def _branch(
    unit: Unit, figures: Mapping[str, Figures], secretaries: Mapping[UnitId, User]
) -> Branch:
    found = figures.get(unit.path, NOBODY)
    return Branch(unit, found, secretaries.get(unit.id))
