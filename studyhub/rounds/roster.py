"""Who would be summoned: the members of the audience on the stated day, exemptions noted.

Whoever is suspended is on the list like the exempt: nothing is required of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from studyhub.kernel.ids import UnitId, UserId
from studyhub.org.models import Exemption, Membership, Standing, Unit, UnitKind
from studyhub.org.tree import is_within, order
from studyhub.rounds.models import StudyRound

LONGEST = 1000
EXEMPT = "–"
"""Stands for the reason of an exemption that was entered without one."""

SUSPENDED = "Đình chỉ sinh hoạt"
"""Begins the reason of a suspension; kept on the list like any reason, in its words."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person as of that day; `exemption` is the reason, "" for those not exempt."""

    user_id: UserId
    cell_id: UnitId
    cell_path: str
    cell_name: str
    standing: Standing
    exemption: str = ""


@dataclass(frozen=True, kw_only=True)
class CellFigures:
    """How many of one cell would be summoned, and how many are exempt."""

    name: str
    path: str
    summoned: int
    exempt: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What opening the round would do, in figures."""

    cells: Sequence[CellFigures]

    @property
    def summoned(self) -> int:
        """Persons who would be required to take part."""
        return sum(cell.summoned for cell in self.cells)

    @property
    def exempt(self) -> int:
        """Persons who would be on the list, but free to take part or not."""
        return sum(cell.exempt for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A unit that can be summoned, with the number of members in it and below."""

    unit: Unit
    members: int


def roster(db: Session, paths: Sequence[str], day: date) -> Sequence[Member]:
    """The members of these units and of all below them on that day, each person once."""
    if not paths:
        return ()
    rows = db.execute(
        select(Membership, Unit.path, Unit.name, Exemption)
        .join(Unit, Unit.id == Membership.cell_id)
        .outerjoin(Exemption, and_(Exemption.user_id == Membership.user_id, Exemption.covers(day)))
        .where(Membership.covers(day), within(paths))
        .order_by(Unit.path, Membership.since, Membership.id)
    )
    found = {
        membership.user_id: _member(membership, path, name, exemption)
        for membership, path, name, exemption in rows
    }
    return list(found.values())


def preview(db: Session, round_: StudyRound) -> Preview:
    """What opening the round now would do."""
    members = roster(db, audience_paths(round_), round_.roster_on)
    summoned = Counter(member.cell_path for member in members if not member.exemption)
    exempt = Counter(member.cell_path for member in members if member.exemption)
    names = {member.cell_path: member.cell_name for member in members}
    cells = [
        CellFigures(name=name, path=path, summoned=summoned[path], exempt=exempt[path])
        for path, name in sorted(names.items(), key=lambda cell: order(cell[0]))
    ]
    return Preview(cells=cells)


def audience_paths(round_: StudyRound) -> list[str]:
    """The paths of its audience, without those that lie within another."""
    paths = sorted({entry.unit.path for entry in round_.audience})
    return [
        path
        for path in paths
        if not any(path != other and is_within(path, other) for other in paths)
    ]


def choices(db: Session, paths: Sequence[str], day: date) -> Sequence[Choice]:
    """The units within these paths that can be summoned, in tree order, with their members."""
    units = db.scalars(
        select(Unit)
        .where(within(paths), Unit.covers(day), Unit.kind != UnitKind.GROUP)
        .order_by(Unit.path)
    ).all()
    counts = db.execute(
        select(Unit.path, func.count(Membership.user_id.distinct()))
        .join(Membership, Membership.cell_id == Unit.id)
        .where(within(paths), Membership.covers(day))
        .group_by(Unit.path)
    ).all()
    ordered = sorted(units, key=lambda unit: order(unit.path))
    return [
        Choice(unit=unit, members=sum(n for path, n in counts if is_within(path, unit.path)))
        for unit in ordered
    ]


def within(paths: Sequence[str]) -> ColumnElement[bool]:
    """Units at these places or below."""
    return or_(Unit.id.is_(None), *(Unit.path.startswith(path, autoescape=True) for path in paths))


def _member(membership: Membership, path: str, name: str, exemption: Exemption | None) -> Member:
    return Member(
        user_id=membership.user_id,
        cell_id=membership.cell_id,
        cell_path=path,
        cell_name=name,
        standing=membership.standing,
        exemption=_reason(exemption) if exemption else "",
    )


def _reason(exemption: Exemption) -> str:
    said = exemption.reason or exemption.basis or EXEMPT
    return f"{SUSPENDED}: {said}"[:LONGEST] if exemption.is_suspension else said
