"""A unit ends: its posts and groups end with it; and it is taken up again as it was."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import ONE_DAY
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.org.stretches import lay_down_all


def posts_until(db: Session, unit: Unit, last: date) -> list[Appointment]:
    """The posts on that very unit that would go on after its last day."""
    held = select(Appointment).where(
        Appointment.unit_id == unit.id,
        Appointment.until.is_(None) | (Appointment.until > last),
    )
    return list(db.scalars(held.order_by(Appointment.since, Appointment.id)))


def groups_until(db: Session, unit: Unit, last: date) -> list[Unit]:
    """The groups of a cell that would go on after its last day."""
    below = select(Unit).where(
        Unit.parent_id == unit.id,
        Unit.kind == UnitKind.GROUP,
        Unit.until.is_(None) | (Unit.until > last),
    )
    return list(db.scalars(below.order_by(Unit.path)))


def end_unit(
    db: Session, unit: Unit, *, last: date, basis: str, by: Actor | None, now: datetime
) -> dict[str, Any]:
    """That day is the unit's last. Tells what `resume_unit` needs to know."""
    posts, groups = posts_until(db, unit, last), groups_until(db, unit, last)
    before = {
        "posts": terms_of(posts),
        "units": {str(one.id): _said(one.until) for one in (unit, *groups)},
    }
    lay_down_all(db, posts, until=last, basis=basis, by=by, now=now)
    for ending in (unit, *groups):
        ending.until, ending.until_basis = last, basis
    db.flush()
    log.record(db, Deed.UNIT_ENDED, unit.id, by=by, now=now, until=last.isoformat())
    return before


def resume_unit(db: Session, before: dict[str, Any], *, by: Actor | None, now: datetime) -> None:
    """Units and posts go on as they did before they ended."""
    for unit_id, until in before.get("units", {}).items():
        unit = db.get_one(Unit, UUID(unit_id))
        unit.until, unit.until_basis = _read(until), ""
        log.record(db, Deed.UNIT_RESUMED, unit.id, by=by, now=now)
    resume_posts(db, before.get("posts", {}))


def never_founded(db: Session, unit: Unit, *, basis: str, by: Actor | None, now: datetime) -> None:
    """Founded by an act that was undone: its last day lies before its first, it never stood."""
    unit.until, unit.until_basis = unit.since - ONE_DAY, basis
    db.flush()
    log.record(db, Deed.UNIT_ENDED, unit.id, by=by, now=now, until=unit.until.isoformat())


def terms_of(posts: list[Appointment]) -> dict[str, str | None]:
    """Until when each of these posts is held, to be put back one day."""
    return {str(post.id): _said(post.until) for post in posts}


def resume_posts(db: Session, terms: dict[str, str | None]) -> None:
    """These posts are held as long as they were to be."""
    for post_id, until in terms.items():
        post = db.get(Appointment, UUID(post_id))
        if post is not None:
            post.until, post.until_basis = _read(until), ""
    db.flush()


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
