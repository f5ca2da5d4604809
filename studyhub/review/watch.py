"""What those who keep the posts must see in time: terms that end, and essays nobody may judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Exists,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UnitId
from studyhub.org import terms
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.org.succession import Succession
from studyhub.org.tree import order


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A cell without a secretary, or with essays that nobody may judge today."""

    cell: Unit
    stands: bool
    """Whether the cell is there today: the essays of one that ended may still wait."""
    has_secretary: bool
    has_deputy: bool
    unread: int


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Terms that end soon, cells without a secretary, and what waits for nobody."""

    ending: Sequence[Appointment]
    lacks: Sequence[Lack]

    @property
    def vacant(self) -> list[Lack]:
        """The cells without a secretary."""
        return [lack for lack in self.lacks if lack.stands and not lack.has_secretary]

    @property
    def waits_for_nobody(self) -> int:
        """Essays handed in that nobody may judge today."""
        return sum(lack.unread for lack in self.lacks)

    def __bool__(self) -> bool:
        return bool(self.ending or self.lacks)


NOTHING = Watch(ending=(), lacks=())


def watch(db: Session, day: date, *, within: ColumnElement[bool]) -> Watch:
    """All of it, in the units within."""
    return Watch(ending=terms.ending(db, day, within=within), lacks=lacks(db, day, within=within))


def lacks(db: Session, day: date, *, within: ColumnElement[bool]) -> list[Lack]:
    """The cells that lack somebody, in the order of the tree.

    The essays are counted from the rows: there is no tally of those that nobody may
    judge, for their number changes with posts, not with essays.
    """
    unread = _unread(day, within)
    count = func.coalesce(unread.c.essays, 0)
    has_secretary, has_deputy = (terms.held(post, day) for post in (Post.SECRETARY, Post.DEPUTY))
    rows = db.execute(
        select(Unit, Unit.covers(day), has_secretary, has_deputy, count)
        .outerjoin(unread, unread.c.cell_id == Unit.id)
        .where(within, Unit.kind == UnitKind.CELL)
        .where(or_(and_(Unit.covers(day), ~has_secretary), count > 0))
    )
    found = [
        Lack(
            cell=cell,
            stands=bool(stands),
            has_secretary=secretary,
            has_deputy=deputy,
            unread=essays,
        )
        for cell, stands, secretary, deputy, essays in rows
    ]
    return sorted(found, key=lambda lack: order(lack.cell.path))


def _unread(day: date, within: ColumnElement[bool]) -> Subquery:
    """How many essays wait in each cell that nobody may judge that day: the law, turned round.

    Those who lead are joined, not asked about essay by essay: a province has 30,000 waiting.
    Officers above are looked for only where nobody else is left.
    """
    places = select(Unit.id).where(within)
    seats = _seats(day, places)
    left = (
        select(
            Essay.cell_id,
            and_(or_(Essay.author_leads, Essay.needs_above), _officer_above(day)).label("is_read"),
        )
        .outerjoin(
            seats, and_(seats.c.cell_id == Essay.cell_id, seats.c.user_id != Essay.author_id)
        )
        .where(
            Essay.state == State.SUBMITTED,
            Essay.cell_id.in_(places),
            seats.c.user_id.is_(None),
        )
        .subquery()
    )
    unread = func.sum(case((left.c.is_read, 0), else_=1))
    return select(left.c.cell_id, unread.label("essays")).group_by(left.c.cell_id).subquery()


def _seats(day: date, places: Select[UnitId]) -> Subquery:
    """Who leads which of these cells that day, or has taken it over."""
    leads = and_(Appointment.post.in_((Post.SECRETARY, Post.DEPUTY)), Appointment.covers(day))
    own = select(Appointment.unit_id.label("cell_id"), Appointment.user_id).where(
        leads, Appointment.unit_id.in_(places)
    )
    taken_over = (
        select(Succession.predecessor_id, Appointment.user_id)
        .join(Appointment, Appointment.unit_id == Succession.successor_id)
        .where(leads, Succession.predecessor_id.in_(places))
    )
    return union_all(own, taken_over).subquery()


def _officer_above(day: date) -> Exists:
    """An officer of a unit the cell lies in, or lay in before it was taken over."""
    cell, place = aliased(Unit), aliased(Unit)
    heirs = select(Succession.successor_id).where(Succession.predecessor_id == Essay.cell_id)
    return (
        exists()
        .where(
            Appointment.post == Post.OFFICER,
            Appointment.covers(day),
            Appointment.user_id != Essay.author_id,
            Appointment.unit_id == place.id,
            or_(cell.id == Essay.cell_id, cell.id.in_(heirs.correlate(Essay))),
            cell.path.startswith(place.path),
        )
        .correlate(Essay)
    )
