"""The deeds about belonging: admitting, recognising as official, ending, taking an end back."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.models import Appointment, Membership, Standing, Unit, UnitKind
from studyhub.org.posts import lay_down
from studyhub.org.rules import LEADING, require_order, require_valid, said

ONE_DAY = timedelta(days=1)


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
    """Let a person belong to a cell from that day; nobody belongs to two at once."""
    _require_cell(cell, group)
    require_valid(cell, since)
    _hold(db, user)
    _require_free(db, user, since)
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
    db.flush()
    _record(db, Deed.MEMBERSHIP_BEGUN, membership, since, by=by, now=now)
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
    _hold(db, membership.user)
    _require_open(membership)
    if membership.standing is Standing.OFFICIAL:
        raise Untimely(N_("This member is official already."))
    if on <= membership.since:
        raise Unfit(
            N_("Recognition comes after the first day of probation, %(since)s."),
            about="on",
            since=said(membership.since),
        )
    _close(db, membership, on - ONE_DAY, basis)
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
    _record(db, Deed.STANDING_CHANGED, official, on, by=by, now=now)
    return official


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
    _hold(db, membership.user)
    _require_open(membership)
    require_order(membership.since, until)
    _close(db, membership, until, basis)
    for appointment in _posts_in_cell(db, membership, until):
        last = max(until, appointment.since)
        if appointment.until != last:
            lay_down(db, appointment, until=last, basis=basis, by=by, now=now)
    _record(db, Deed.MEMBERSHIP_ENDED, membership, until, by=by, now=now)


def take_back_end(db: Session, membership: Membership, *, by: Actor | None, now: datetime) -> None:
    """Undo an end that was wrong: the membership goes on as if it had not been ended.

    Posts that ended with it are not taken up again by themselves.
    """
    _hold(db, membership.user)
    if membership.until is None:
        raise Untimely(N_("This membership has not been ended."))
    _require_free(db, membership.user, membership.since, but=membership)
    membership.until, membership.until_basis = None, ""
    db.flush()
    _record(db, Deed.MEMBERSHIP_RESUMED, membership, membership.since, by=by, now=now)


def _require_cell(cell: Unit, group: Unit | None) -> None:
    if not cell.is_cell:
        raise Unfit(N_("Members belong to a cell; %(unit)s is none."), unit=cell.name)
    if group is not None and (group.kind is not UnitKind.GROUP or group.parent_id != cell.id):
        raise Unfit(N_("The group must be one of this cell."))


def _hold(db: Session, user: User) -> None:
    """Two deeds about one person follow each other."""
    db.flush()
    db.execute(select(User.id).where(User.id == user.id).with_for_update())


def _require_free(db: Session, user: User, since: date, but: Membership | None = None) -> None:
    overlapping = select(Membership).where(
        Membership.user_id == user.id, Membership.until.is_(None) | (Membership.until >= since)
    )
    if but is not None:
        overlapping = overlapping.where(Membership.id != but.id)
    other = db.scalars(overlapping.order_by(Membership.since).limit(1)).first()
    if other is not None:
        raise Conflict(
            N_("%(name)s belongs to %(cell)s since %(since)s. End that membership first."),
            name=user.full_name,
            cell=other.cell.name,
            since=said(other.since),
        )


def _require_open(membership: Membership) -> None:
    if membership.until is not None:
        raise Untimely(
            N_("This membership ended on %(until)s already."), until=said(membership.until)
        )


def _close(db: Session, membership: Membership, until: date, basis: str) -> None:
    """Flushed at once: the row that is open next must not meet this one open."""
    membership.until, membership.until_basis = until, tidy(basis)
    db.flush()


def _posts_in_cell(db: Session, membership: Membership, until: date) -> list[Appointment]:
    return list(
        db.scalars(
            select(Appointment).where(
                Appointment.user_id == membership.user_id,
                Appointment.unit_id == membership.cell_id,
                Appointment.post.in_(LEADING),
                Appointment.until.is_(None) | (Appointment.until > until),
            )
        )
    )


def _record(
    db: Session,
    deed: Deed,
    membership: Membership,
    day: date,
    *,
    by: Actor | None,
    now: datetime,
) -> None:
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
    )
