"""The tree on a day, with how many belong where: a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Appointment, Exemption, ExemptionKind, Membership, Standing, Unit
from studyhub.org.tree import lineage, order, parent_of


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
    """A unit in the tree, with its figures, its secretary, and what lies below it."""

    unit: Unit
    is_visible: bool
    figures: Figures
    secretary: User | None
    below: list["Branch"] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many cells there are in it."""
        return sum(branch.cells for branch in self.below) + (1 if self.unit.is_cell else 0)


def tree_on(db: Session, day: date, *, visible: ColumnElement[bool]) -> list[Branch]:
    """The units one may see, each below its parents; those above them only by name."""
    units = db.scalars(select(Unit).where(visible, Unit.covers(day))).all()
    figures = figures_on(db, day, within=visible)
    secretaries = secretaries_on(db, [unit.id for unit in units], day)
    shown = {unit.path: _branch(unit, figures, secretaries) for unit in units}
    for unit in _above(db, units):
        shown[unit.path] = Branch(unit, is_visible=False, figures=NOBODY, secretary=None)
    return _grown(shown)


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
    exempt = (
        select(Exemption.id)
        .where(
            Exemption.user_id == Membership.user_id,
            Exemption.covers(day),
            Exemption.kind == ExemptionKind.EXEMPT,
        )
        .exists()
    )
    rows = db.execute(
        select(
            Unit.path,
            func.sum(case((Membership.standing == Standing.OFFICIAL, 1), else_=0)),
            func.sum(case((Membership.standing == Standing.PROBATIONARY, 1), else_=0)),
            func.sum(case((exempt, 1), else_=0)),
        )
        .join(Membership, Membership.cell_id == Unit.id)
        .where(within, Membership.covers(day))
        .group_by(Unit.path)
    )
    totals: dict[str, Figures] = defaultdict(Figures)
    for path, *counts in rows:
        for above in lineage(path):
            totals[above] += Figures(*counts)
    return totals


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


def units_above(db: Session, unit: Unit, *, visible: ColumnElement[bool]) -> list[Unit]:
    """The units a unit lies in, from the root down, as far as one may see them."""
    above = lineage(unit.path)[:-1]
    found = db.scalars(select(Unit).where(visible, Unit.path.in_(above))).all()
    return sorted(found, key=lambda unit: order(unit.path))


def _above(db: Session, units: Sequence[Unit]) -> Sequence[Unit]:
    known = {unit.path for unit in units}
    missing = {path for unit in units for path in lineage(unit.path)} - known
    return db.scalars(select(Unit).where(Unit.path.in_(missing))).all() if missing else []


def _branch(
    unit: Unit, figures: Mapping[str, Figures], secretaries: Mapping[UnitId, User]
) -> Branch:
    found = figures.get(unit.path, NOBODY)
    return Branch(unit, is_visible=True, figures=found, secretary=secretaries.get(unit.id))


def _grown(shown: dict[str, Branch]) -> list[Branch]:
    """Hang every branch below its parent; those without one are the roots."""
    roots: list[Branch] = []
    for path in sorted(shown, key=order):
        parent = shown.get(parent_of(path))
        (parent.below if parent else roots).append(shown[path])
    return roots
