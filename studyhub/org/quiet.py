"""Nothing may have happened in a unit on the day it changes, or after: the order of acts stays."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.org.rules import said
from studyhub.org.succession import FormerPlace


def require_standing(unit: Unit, day: date) -> None:
    """The unit was there before that day, and would still be there on it."""
    if unit.since >= day:
        raise Unfit(
            N_("%(unit)s exists only since %(since)s. Choose a later day."),
            about="day", unit=unit.name, since=said(unit.since),
        )  # fmt: skip
    if unit.until is not None and unit.until < day:
        raise Unfit(
            N_("%(unit)s existed only until %(until)s."),
            about="day", unit=unit.name, until=said(unit.until),
        )  # fmt: skip


def require_quiet(db: Session, units: Sequence[Unit], day: date) -> None:
    """Nobody comes, goes or takes up a post in these units on that day or after it.

    Otherwise the act would have to rewrite what was done since; whoever plans
    it is told what stands in the way.
    """
    for unit in units:
        require_standing(unit, day)
    _require_no_moves(db, units, day)
    _require_no_posts(db, units, day)


def require_still(db: Session, unit: Unit, day: date) -> None:
    """Neither the unit nor anything below it was moved or renamed on that day or later."""
    require_standing(unit, day)
    changed = db.scalars(
        select(FormerPlace)
        .join(FormerPlace.unit)
        .where(Unit.path.startswith(unit.path, autoescape=True), FormerPlace.until >= day - ONE_DAY)
        .order_by(FormerPlace.until.desc())
        .limit(1)
    ).first()
    if changed is not None:
        raise Conflict(
            N_("%(unit)s was moved or renamed on %(on)s. Choose a later day."),
            about="day", unit=changed.unit.name, on=said(changed.until + ONE_DAY),
        )  # fmt: skip


def _require_no_moves(db: Session, units: Sequence[Unit], day: date) -> None:
    other = db.scalars(
        select(Membership)
        .where(
            Membership.cell_id.in_([unit.id for unit in units]),
            or_(Membership.since >= day, Membership.until >= day),
        )
        .options(joinedload(Membership.user), joinedload(Membership.cell))
        .order_by(Membership.since.desc())
        .limit(1)
    ).first()
    if other is None:
        return
    if other.since >= day:
        message = N_("%(name)s belongs to %(cell)s since %(on)s. Choose a day after that.")
        raise Conflict(message, about="day", name=other.user.full_name, cell=other.cell.name,
                       on=said(other.since))  # fmt: skip
    message = N_(
        "%(name)s is to leave %(cell)s after %(on)s. Take that back first, or choose a later day."
    )
    raise Conflict(message, about="day", name=other.user.full_name, cell=other.cell.name,
                   on=said(other.until or day))  # fmt: skip


def _require_no_posts(db: Session, units: Sequence[Unit], day: date) -> None:
    other = db.scalars(
        select(Appointment)
        .where(Appointment.unit_id.in_([unit.id for unit in units]), Appointment.since >= day)
        .options(joinedload(Appointment.user), joinedload(Appointment.unit))
        .order_by(Appointment.since.desc())
        .limit(1)
    ).first()
    if other is not None:
        raise Conflict(
            N_("%(name)s takes up a post on %(unit)s on %(on)s. Choose a day after that."),
            about="day", name=other.user.full_name, unit=other.unit.name, on=said(other.since),
        )  # fmt: skip
