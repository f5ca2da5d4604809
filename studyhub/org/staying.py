"""The deeds of temporary activity: begin, change the last day, take back. No figure moves."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import UnitId, new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.org.models import Membership, Unit
from studyhub.org.rules import require_order, require_valid, said
from studyhub.org.stays import Stay
from studyhub.org.stretches import hold, require_cell
from studyhub.org.telling import tell_leaders


def begin_stay(
    db: Session,
    user: User,
    host: Unit,
    *,
    since: date,
    until: date,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> Stay:
    """From day to day the person takes part in the host cell; the headcount stays where it is."""
    hold(db, user)
    require_stay(db, user, host, since, until)
    stay = Stay(id=new_uuid(), user=user, host=host, since=since, until=until, basis=tidy(basis))
    db.add(stay)
    db.flush()
    record_stay(db, Deed.STAY_BEGUN, stay, by=by, now=now)
    tell_of(db, Kind.STAY_BEGUN, stay, by=by, now=now)
    return stay


def end_stay(
    db: Session, stay: Stay, *, until: date, basis: str = "", by: Actor | None, now: datetime
) -> None:
    """That day is the last with the host, earlier than it was to be."""
    hold(db, stay.user)
    _require_standing(stay)
    require_order(stay.since, until)
    if stay.until <= until:
        raise Untimely(
            N_("This stay ends on %(until)s already."), about="until", until=said(stay.until)
        )
    stay.until, stay.until_basis = until, tidy(basis)
    db.flush()
    record_stay(db, Deed.STAY_ENDED, stay, by=by, now=now)
    tell_of(db, Kind.STAY_ENDED, stay, by=by, now=now)


def extend_stay(
    db: Session, stay: Stay, *, until: date, basis: str = "", by: Actor | None, now: datetime
) -> None:
    """The person stays with the host until that day, longer than it was to be."""
    hold(db, stay.user)
    _require_standing(stay)
    if until <= stay.until:
        raise Unfit(N_("Choose a day after %(until)s."), about="until", until=said(stay.until))
    require_stay(db, stay.user, stay.host, stay.since, until, but=stay)
    stay.until, stay.until_basis = until, tidy(basis)
    db.flush()
    record_stay(db, Deed.STAY_EXTENDED, stay, by=by, now=now)
    tell_of(db, Kind.STAY_CHANGED, stay, by=by, now=now)


def take_back_stay(
    db: Session, stay: Stay, *, basis: str = "", by: Actor | None, now: datetime
) -> None:
    """The stay was recorded by mistake: it counts as never decided, and its record is kept."""
    hold(db, stay.user)
    _require_standing(stay)
    stay.taken_back_at, stay.taken_back_basis = now, tidy(basis)
    db.flush()
    record_stay(db, Deed.STAY_TAKEN_BACK, stay, by=by, now=now)
    tell_of(db, Kind.STAY_TAKEN_BACK, stay, by=by, now=now)


def require_stay(
    db: Session, user: User, host: Unit, since: date, until: date, but: Stay | None = None
) -> None:
    """Refuse what cannot be: a host that is not there, the own cell, a gap, or another stay."""
    require_order(since, until)
    require_cell(host)
    require_valid(host, since, about="on")
    require_valid(host, until, about="until")
    _require_membership(db, user, host, since, until)
    _require_no_other(db, user, since, until, but)


def close_stays(
    db: Session,
    user: User,
    *,
    last: date,
    host: Unit | None = None,
    by: Actor | None,
    now: datetime,
    basis: str = "",
) -> None:
    """The person's stays (with this host) do not go on after that day; what is to come is off.

    Called by the deeds that end or move a membership.
    """
    ending = select(Stay).where(
        Stay.user_id == user.id, Stay.until > last, Stay.taken_back_at.is_(None)
    )
    if host is not None:
        ending = ending.where(Stay.host_id == host.id)
    for stay in db.scalars(ending).all():
        if stay.since > last:
            take_back_stay(db, stay, basis=basis, by=by, now=now)
        else:
            end_stay(db, stay, until=last, basis=basis, by=by, now=now)


def record_stay(db: Session, deed: Deed, stay: Stay, *, by: Actor | None, now: datetime) -> None:
    """Remember a deed about a stay: whose, where, from when to when."""
    log.record(
        db, deed, stay.id, by=by, now=now, person=str(stay.user.id), host=str(stay.host.id),
        since=stay.since.isoformat(), until=stay.until.isoformat(),
    )  # fmt: skip


def tell_of(db: Session, kind: Kind, stay: Stay, *, by: Actor | None, now: datetime) -> None:
    """Tell the leaders of both cells, and the person."""
    homes = _homes(db, stay.user, stay.since, stay.until)
    cells = [stay.host.id, *(row.cell_id for row in homes)]
    tell_leaders(
        db, cells, kind, subject_id=stay.id, also=[stay.user.id], by=by, now=now,
        person=str(stay.user.id), cell=str(stay.host.id), since=stay.since.isoformat(),
        until=stay.until.isoformat(),
    )  # fmt: skip


def _homes(db: Session, user: User, since: date, until: date) -> Sequence[Membership]:
    """Where the person belongs from day to day, in the order of time."""
    return db.scalars(
        select(Membership)
        .where(
            Membership.user_id == user.id,
            Membership.since <= until,
            Membership.until.is_(None) | (Membership.until >= since),
        )
        .order_by(Membership.since)
    ).all()


def _require_membership(db: Session, user: User, host: Unit, since: date, until: date) -> None:
    """Somewhere on every day, and never in the host cell itself."""
    homes: Sequence[Membership] = _homes(db, user, since, until)
    own: set[UnitId] = {row.cell_id for row in homes}
    if host.id in own:
        raise Unfit(
            N_("%(name)s belongs to %(cell)s in these days. Choose another cell."),
            about="to", name=user.full_name, cell=host.name,
        )  # fmt: skip
    if not homes or homes[0].since > since:
        raise Unfit(N_("On that day the person belongs to no cell yet."), about="on")
    day = since
    for row in homes:
        if row.since > day:
            break
        if row.until is None or row.until >= until:
            return
        day = row.until + ONE_DAY
    raise Unfit(
        N_("The membership ends on %(until)s. The stay cannot go on after it."),
        about="until", until=said(day - ONE_DAY),
    )  # fmt: skip


def _require_no_other(db: Session, user: User, since: date, until: date, but: Stay | None) -> None:
    others = select(Stay).where(
        Stay.user_id == user.id,
        Stay.taken_back_at.is_(None),
        Stay.since <= until,
        Stay.until >= since,
    )
    if but is not None:
        others = others.where(Stay.id != but.id)
    other = db.scalars(others.limit(1)).first()
    if other is not None:
        raise Conflict(
            N_("%(name)s stays with %(cell)s from %(since)s to %(until)s. Change that first."),
            name=user.full_name, cell=other.host.name, since=said(other.since),
            until=said(other.until),
        )  # fmt: skip


def _require_standing(stay: Stay) -> None:
    if stay.taken_back_at is not None:
        raise Untimely(N_("This stay has been taken back already."))
