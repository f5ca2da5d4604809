"""The secret address of a feed: its id, signed; and whether it still answers."""

from datetime import datetime
from uuid import UUID

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studyhub.access import policy
from studyhub.access.actors import actor_of
from studyhub.calendars import queries
from studyhub.calendars.models import Feed
from studyhub.calendars.queries import Entry
from studyhub.web.request import settings, today


def of_feed(feed: Feed) -> str:
    """The whole address, to be put into a calendar."""
    base = settings().public_url.rstrip("/")
    told: str = url_for("calendars.feed", token=_token(feed), _external=not base)
    return base + told


def read(db: Session, token: str, *, now: datetime) -> Feed | None:
    """The feed of this address; None where it is wrong, void, or its person is gone.

    Whoever no longer follows a unit no longer gets its calendar.
    """
    try:
        identity = UUID(hex=_signer().loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
    found = db.scalars(
        select(Feed)
        .where(Feed.id == identity, Feed.voided_at.is_(None))
        .options(joinedload(Feed.user, innerjoin=True), joinedload(Feed.unit))
    ).one_or_none()
    if found is None or found.user.is_closed(now):
        return None
    if found.unit and not policy.follow_unit(actor_of(db, found.user_id, today()), found.unit):
        return None
    return found


def entries(db: Session, feed: Feed, *, now: datetime) -> list[Entry]:
    """What stands in it."""
    if feed.unit:
        return queries.of_unit(db, feed.unit, now=now)
    return queries.of_person(db, feed.user_id, now=now)


def _token(feed: Feed) -> str:
    signed: str = _signer().dumps(feed.id.hex)
    return signed


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="calendar")
