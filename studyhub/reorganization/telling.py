"""Who is told of an act: the officers over its units, and those who lead them before and after."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.ids import UserId
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Appointment, Unit
from studyhub.org.succession import Reorganization
from studyhub.org.tree import lineage

KINDS = {
    Deed.REORGANIZATION_PLANNED: Kind.REORGANIZATION_PLANNED,
    Deed.REORGANIZED: Kind.REORGANIZED,
    Deed.REORGANIZATION_STUCK: Kind.REORGANIZATION_STUCK,
    Deed.REORGANIZATION_CANCELLED: Kind.REORGANIZATION_CANCELLED,
    Deed.REORGANIZATION_UNDONE: Kind.REORGANIZATION_UNDONE,
}
LEADING = (Post.SECRETARY, Post.DEPUTY)


def tell(db: Session, deed: Deed, act: Reorganization, *, by: Actor | None, now: datetime) -> None:
    """One notice for each of them; whoever did it knows already."""
    db.expire(act, ["units"])
    units = [touched.unit for touched in act.units]
    first = str(units[0].id) if units else None
    notify(
        db,
        _concerned(db, units, act.day, now.date()),
        KINDS[deed],
        subject_id=act.id,
        by=by,
        now=now,
        cell=first,
        since=act.day.isoformat(),
    )


def _concerned(db: Session, units: list[Unit], day: date, present: date) -> list[UserId]:
    """Whoever holds such a post now, on the day, or until the day before."""
    above = {path for unit in units for path in lineage(unit.path)}
    held = or_(*(_covers(on) for on in {present, day, day - ONE_DAY}))
    return list(
        db.scalars(
            select(Appointment.user_id)
            .join(Appointment.unit)
            .where(
                held,
                or_(
                    (Appointment.post == Post.OFFICER) & Unit.path.in_(above),
                    Appointment.post.in_(LEADING) & Unit.id.in_([unit.id for unit in units]),
                ),
            )
            .distinct()
        )
    )


def _covers(day: date) -> ColumnElement[bool]:
    covers: ColumnElement[bool] = Appointment.covers(day)  # type: ignore[assignment]  # a hybrid
    return covers
