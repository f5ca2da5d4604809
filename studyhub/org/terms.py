"""Questions about terms: which end soon with nobody to follow, whether a post is held on a day."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from studyhub.kernel.actor import Post
from studyhub.org.models import Appointment, Unit

NOTICE = timedelta(days=30)
"""So long before the end of a term it is said."""


def ending(db: Session, day: date, *, within: ColumnElement[bool]) -> Sequence[Appointment]:
    """The terms that end within `NOTICE` and that nobody continues yet, the nearest first."""
    later = aliased(Appointment)
    follows = exists().where(
        later.unit_id == Appointment.unit_id,
        later.post == Appointment.post,
        later.since > Appointment.since,
        or_(later.until.is_(None), later.until > Appointment.until),
        or_(later.user_id == Appointment.user_id, Appointment.post == Post.SECRETARY),
    )
    return db.scalars(
        select(Appointment)
        .join(Appointment.unit)
        .join(Appointment.user)
        .where(within, Appointment.since <= day, Appointment.until >= day, ~follows)
        .where(Appointment.until <= day + NOTICE)
        .options(contains_eager(Appointment.unit), contains_eager(Appointment.user))
        .order_by(Appointment.until, Unit.path)
    ).all()


def held(post: Post, day: date) -> ColumnElement[bool]:
    """Whether somebody holds the post on that very unit on that day."""
    return exists().where(
        Appointment.unit_id == Unit.id, Appointment.post == post, Appointment.covers(day)
    )
