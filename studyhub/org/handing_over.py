"""The deed of handing a post over: one term ends the day before the next begins."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Appointment
from studyhub.org.posts import appoint, lay_down, require_fit, require_vacant
from studyhub.org.rules import require_order, said


def hand_over(
    db: Session,
    held: Appointment,
    to: User,
    *,
    since: date,
    until: date | None = None,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> Appointment:
    """From that day the other person holds the post; the day before is the last of the former.

    The day may be past or to come. Whatever waits for the holder of the post
    waits for the new one from then on: it belongs to the post, not to the person.
    """
    require_possible(db, held, to, since=since, until=until)
    if held.post is Post.ADMIN:  # the last one goes only when the next is there
        begun = appoint(
            db, to, held.unit, held.post, since=since, until=until, basis=basis, by=by, now=now
        )
        _end(db, held, since - ONE_DAY, basis, by=by, now=now)
        return begun
    _end(db, held, since - ONE_DAY, basis, by=by, now=now)
    return appoint(
        db, to, held.unit, held.post, since=since, until=until, basis=basis, by=by, now=now
    )


def require_possible(
    db: Session, held: Appointment, to: User, *, since: date, until: date | None = None
) -> None:
    """Refuse what cannot be, before anything is done."""
    require_order(since, until)
    if to.id == held.user_id:
        raise Unfit(
            N_("%(name)s holds this post already. Choose somebody else."),
            about="who",
            name=to.full_name,
        )
    if since <= held.since:
        raise Unfit(
            N_("A handover comes after the first day of the former, %(since)s."),
            about="since",
            since=said(held.since),
        )
    require_fit(db, to, held.unit, held.post, since)
    require_vacant(db, to, held.unit, held.post, (since, until), but=held)


def _end(
    db: Session, held: Appointment, last: date, basis: str, *, by: Actor | None, now: datetime
) -> None:
    """A term that ends earlier by itself stays as it is."""
    if held.until is None or held.until > last:
        lay_down(db, held, until=last, basis=basis, by=by, now=now)
