"""The deeds about posts: taking one up, laying it down. Handing over is both: `handing_over`."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.org.rules import LEADING, POSTS, require_order, require_valid, said


def appoint(
    db: Session,
    user: User,
    unit: Unit,
    post: Post,
    *,
    since: date,
    until: date | None = None,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> Appointment:
    """Give a person a post on a unit; it is valid there and on all below.

    A cell is led by its own members, and has one secretary at a time.
    """
    require_order(since, until)
    require_fit(db, user, unit, post, since)
    db.flush()
    db.refresh(unit, with_for_update={"of": Unit})
    require_vacant(db, user, unit, post, (since, until))
    appointment = Appointment(
        id=new_uuid(), user=user, unit=unit, post=post, since=since, until=until, basis=tidy(basis)
    )
    db.add(appointment)
    db.flush()
    _record(db, Deed.POST_TAKEN_UP, appointment, since, by=by, now=now)
    return appointment


def lay_down(
    db: Session,
    appointment: Appointment,
    *,
    until: date,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> None:
    """The post is held until that day; the last administrator stays."""
    require_order(appointment.since, until)
    if appointment.until is not None and appointment.until <= until:
        raise Untimely(
            N_("This post is laid down on %(until)s already."),
            about="until",
            until=said(appointment.until),
        )
    _require_another_admin(db, appointment)
    appointment.until, appointment.until_basis = until, tidy(basis)
    db.flush()
    _record(db, Deed.POST_LAID_DOWN, appointment, until, by=by, now=now)


def require_fit(db: Session, user: User, unit: Unit, post: Post, since: date) -> None:
    """The post is one of this kind of unit, and a leader belongs to the cell on that day."""
    if post not in POSTS[unit.kind]:
        raise Unfit(N_("There is no such post on a unit of this kind."), about="post")
    require_valid(unit, since)
    if post in LEADING and not _belongs(db, user, unit, since):
        raise Unfit(
            N_("%(name)s is not a member of this cell on %(since)s. A cell is led by its members."),
            about="who",
            name=user.full_name,
            since=said(since),
        )


def _belongs(db: Session, user: User, cell: Unit, day: date) -> bool:
    found = db.scalar(
        select(Membership.id).where(
            Membership.user_id == user.id, Membership.cell_id == cell.id, Membership.covers(day)
        )
    )
    return found is not None


def require_vacant(
    db: Session,
    user: User,
    unit: Unit,
    post: Post,
    term: tuple[date, date | None],
    *,
    but: Appointment | None = None,
) -> None:
    """One secretary at a time, and nobody holds the same post twice; `but` is to end before."""
    held = select(Appointment).where(
        Appointment.unit_id == unit.id, Appointment.post == post, _overlaps(*term)
    )
    if but is not None:
        held = held.where(Appointment.id != but.id)
    if post is not Post.SECRETARY:
        held = held.where(Appointment.user_id == user.id)
    other = db.scalars(held.order_by(Appointment.since).limit(1)).first()
    if other is not None:
        raise _taken(other)


def _taken(held: Appointment) -> Conflict:
    name = held.user.full_name
    if held.until is None:
        message = N_("%(name)s holds this post since %(since)s. Hand it over instead.")
        return Conflict(message, about="post", name=name, since=said(held.since))
    message = N_("%(name)s holds this post until %(until)s. Choose a later day.")
    return Conflict(message, about="since", name=name, until=said(held.until))


def _overlaps(since: date, until: date | None) -> ColumnElement[bool]:
    ends_later = Appointment.until.is_(None) | (Appointment.until >= since)
    return ends_later if until is None else ends_later & (Appointment.since <= until)


def _require_another_admin(db: Session, appointment: Appointment) -> None:
    if appointment.post is not Post.ADMIN:
        return
    other = db.scalar(
        select(Appointment.id).where(
            Appointment.post == Post.ADMIN,
            Appointment.id != appointment.id,
            Appointment.until.is_(None),
        )
    )
    if other is None:
        raise Untimely(N_("This is the last administrator. Appoint another one first."))


def _record(
    db: Session,
    deed: Deed,
    appointment: Appointment,
    day: date,
    *,
    by: Actor | None,
    now: datetime,
) -> None:
    log.record(
        db,
        deed,
        appointment.id,
        by=by,
        now=now,
        person=str(appointment.user.id),
        unit=str(appointment.unit.id),
        post=appointment.post.value,
        day=day.isoformat(),
    )
