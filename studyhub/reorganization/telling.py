"""Who is told of an act: officers over its units, those who lead them, members whose cell it is."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.ids import UserId
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Appointment, Membership, Transfer, Unit
from studyhub.org.succession import Reorganization
from studyhub.org.tree import lineage

KINDS = {
    Deed.REORGANIZATION_PLANNED: Kind.REORGANIZATION_PLANNED,
    Deed.REORGANIZED: Kind.REORGANIZED,
    Deed.REORGANIZATION_STUCK: Kind.REORGANIZATION_STUCK,
    Deed.REORGANIZATION_CANCELLED: Kind.REORGANIZATION_CANCELLED,
    Deed.REORGANIZATION_UNDONE: Kind.REORGANIZATION_UNDONE,
}
MEMBERS = {
    Deed.REORGANIZED: Kind.CELL_CHANGED,
    Deed.REORGANIZATION_UNDONE: Kind.CELL_CHANGED_BACK,
}
LEADING = (Post.SECRETARY, Post.DEPUTY)


def tell(db: Session, deed: Deed, act: Reorganization, *, by: Actor | None, now: datetime) -> None:
    """One notice for each of them; whoever did it knows already."""
    db.expire(act, ["units"])
    units = [touched.unit for touched in act.units]
    first = str(units[0].id) if units else None
    concerned = _concerned(db, units, act.day, now.date())
    notify(
        db,
        concerned,
        KINDS[deed],
        subject_id=act.id,
        by=by,
        now=now,
        cell=first,
        since=act.day.isoformat(),
    )
    if deed in MEMBERS:
        _tell_members(db, MEMBERS[deed], act, but=set(concerned), by=by, now=now)


def _tell_members(
    db: Session, kind: Kind, act: Reorganization, *, but: set[UserId], by: Actor | None,
    now: datetime,
) -> None:  # fmt: skip
    """Those who go from one cell to another with it, each of their own page; leaders know."""
    moved = db.scalars(
        select(Transfer)
        .join(Transfer.left)
        .where(Transfer.reorganization_id == act.id, Membership.user_id.not_in(but))
        .options(contains_eager(Transfer.left))
    )
    for one in moved:
        notify(
            db, [one.left.user_id], kind, subject_id=one.left_id, by=by, now=now,
            cell=str(one.target_id), origin=str(one.origin_id), since=one.day.isoformat(),
        )  # fmt: skip


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
