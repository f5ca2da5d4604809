"""The deeds of the room: to give an address out, to void it, to note that it was asked."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.calendars.models import Feed
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId
from studyhub.org.models import Unit

ONCE_AN_HOUR = timedelta(hours=1)


def offer(db: Session, unit: Unit | None, *, by: Actor, now: datetime) -> Feed:
    """The person's feed, of themselves or of a unit: the one that stands, else a new one."""
    standing = of_person(db, by, unit)
    if standing:
        return standing
    feed = Feed(user_id=UserId(by.user_id), unit_id=unit.id if unit else None, made_at=now)
    db.add(feed)
    db.flush()
    record(db, Deed.CALENDAR_OFFERED, feed.id, by=by, now=now, unit=str(unit.id) if unit else None)
    return feed


def void(db: Session, feed: Feed, *, by: Actor, now: datetime) -> None:
    """From now on the address answers nobody."""
    if feed.voided_at is None:
        feed.voided_at = now
        record(db, Deed.CALENDAR_VOIDED, feed.id, by=by, now=now)


def note_asked(db: Session, feed: Feed, *, now: datetime) -> None:
    """Remember that a calendar has asked; once an hour is often enough to know."""
    db.execute(
        update(Feed)
        .where(
            Feed.id == feed.id,
            Feed.asked_at.is_(None) | (Feed.asked_at < now - ONCE_AN_HOUR),
        )
        .values(asked_at=now)
        .execution_options(synchronize_session=False)
    )


def of_person(db: Session, by: Actor, unit: Unit | None) -> Feed | None:
    """The feed of this person that stands, of themselves or of a unit."""
    whose = Feed.unit_id == unit.id if unit else Feed.unit_id.is_(None)
    return db.scalars(
        select(Feed).where(Feed.user_id == by.user_id, whose, Feed.voided_at.is_(None))
    ).one_or_none()
