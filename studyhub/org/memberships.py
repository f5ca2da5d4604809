"""The deeds about belonging: admitting, recognising as official, ending, taking an end back."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.models import Membership, Standing, Unit
from studyhub.org.rules import require_order, require_valid, said
from studyhub.org.staying import close_stays
from studyhub.org.stretches import (
    close,
    hold,
    lay_down_all,
    posts_in_cell,
    require_cell,
    require_free,
    require_open,
)


def admit(
    db: Session,
    user: User,
    cell: Unit,
    *,
    standing: Standing,
    since: date,
    group: Unit | None = None,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> Membership:
    """Let a person belong to a cell from that day; nobody belongs to two at once.

    Whoever had left the Party may sign in again.
    """
    require_cell(cell, group)
    require_valid(cell, since)
    hold(db, user)
    require_free(db, user, since)
    membership = Membership(
        id=new_uuid(),
        user=user,
        cell=cell,
        group=group,
        standing=standing,
        since=since,
        basis=tidy(basis),
    )
    db.add(membership)
    accounts.reopen(db, user, by=by, now=now)
    db.flush()
    record(db, Deed.MEMBERSHIP_BEGUN, membership, since, by=by, now=now)
    return membership


def recognise_official(
    db: Session,
    membership: Membership,
    *,
    on: date,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> Membership:
    """A probationary member is official from that day; the probation ends the day before."""
    hold(db, membership.user)
    require_recognisable(membership, on)
    close(db, membership, on - ONE_DAY, basis)
    official = Membership(
        id=new_uuid(),
        user=membership.user,
        cell=membership.cell,
        group=membership.group,
        standing=Standing.OFFICIAL,
        since=on,
        basis=tidy(basis),
    )
    db.add(official)
    db.flush()
    record(db, Deed.STANDING_CHANGED, official, on, by=by, now=now)
    return official


def require_recognisable(membership: Membership, on: date) -> None:
    """Refuse what cannot be: only a probation that goes on, after its first day."""
    require_open(membership)
    if membership.standing is Standing.OFFICIAL:
        raise Untimely(N_("This member is official already."))
    if on <= membership.since:
        raise Unfit(
            N_("Recognition comes after the first day of probation, %(since)s."),
            about="on",
            since=said(membership.since),
        )


def end_membership(
    db: Session,
    membership: Membership,
    *,
    until: date,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> None:
    """The person belongs to the cell until that day; posts in the cell end with it."""
    hold(db, membership.user)
    require_endable(membership, until)
    close(db, membership, until, basis)
    posts = posts_in_cell(db, membership, until)
    lay_down_all(db, posts, until=until, basis=basis, by=by, now=now)
    record(db, Deed.MEMBERSHIP_ENDED, membership, until, by=by, now=now)
    close_stays(db, membership.user, last=until, basis=basis, by=by, now=now)


def require_endable(membership: Membership, until: date) -> None:
    """What goes on may end, on its first day at the earliest."""
    require_open(membership)
    require_order(membership.since, until)


def take_back_end(db: Session, membership: Membership, *, by: Actor | None, now: datetime) -> None:
    """Undo an end that was wrong: the membership goes on as if it had not been ended.

    Whoever had left may sign in again. Posts that ended with it are not taken up
    again by themselves.
    """
    hold(db, membership.user)
    if membership.until is None:
        raise Untimely(N_("This membership has not been ended."))
    if membership.cell.until is not None:
        raise Untimely(
            N_("%(cell)s has ended since. Admit the member to another cell instead."),
            cell=membership.cell.name,
        )
    require_free(db, membership.user, membership.since, but=membership)
    membership.until, membership.until_basis, membership.leaving = None, "", None
    accounts.reopen(db, membership.user, by=by, now=now)
    db.flush()
    record(db, Deed.MEMBERSHIP_RESUMED, membership, membership.since, by=by, now=now)


def record(
    db: Session,
    deed: Deed,
    membership: Membership,
    day: date,
    *,
    by: Actor | None,
    now: datetime,
    **more: str,
) -> None:
    """Remember a deed about belonging: whose, where, and from which day."""
    log.record(
        db,
        deed,
        membership.id,
        by=by,
        now=now,
        person=str(membership.user.id),
        cell=str(membership.cell.id),
        standing=membership.standing.value,
        day=day.isoformat(),
        **more,
    )
