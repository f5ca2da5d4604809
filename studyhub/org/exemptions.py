"""The deeds about exemption from duties and party activity, and about suspension."""

from datetime import date, datetime

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
from studyhub.org.models import Exemption, ExemptionKind
from studyhub.org.rules import require_order, said


def exempt(
    db: Session,
    user: User,
    *,
    since: date,
    until: date | None = None,
    reason: str,
    basis: str = "",
    kind: ExemptionKind = ExemptionKind.EXEMPT,
    by: Actor | None,
    now: datetime,
) -> Exemption:
    """Exempt or suspend a person from that day, perhaps until another; no two overlap.

    A suspension is a measure, and stands on a decision.
    """
    _require_grounds(kind, reason, basis)
    db.flush()
    db.execute(select(User.id).where(User.id == user.id).with_for_update())
    require_none(db, user, since, until)
    exemption = Exemption(
        id=new_uuid(), user=user, kind=kind, since=since, until=until, reason=tidy(reason),
        basis=tidy(basis),
    )  # fmt: skip
    db.add(exemption)
    db.flush()
    begun = Deed.SUSPENSION_BEGUN if exemption.is_suspension else Deed.EXEMPTION_BEGUN
    _record(db, begun, exemption, since, by=by, now=now)
    return exemption


def end_exemption(
    db: Session,
    exemption: Exemption,
    *,
    until: date,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> None:
    """The exemption ends on that day, earlier than it would have."""
    require_endable(exemption, until)
    exemption.until, exemption.until_basis = until, tidy(basis)
    db.flush()
    ended = Deed.SUSPENSION_ENDED if exemption.is_suspension else Deed.EXEMPTION_ENDED
    _record(db, ended, exemption, until, by=by, now=now)


def exemption_to_extend(db: Session, user: User, day: date) -> Exemption | None:
    """The exemption of that day, if its end is known: another can follow on the next day."""
    return db.scalars(
        select(Exemption).where(
            Exemption.user_id == user.id,
            Exemption.kind == ExemptionKind.EXEMPT,
            Exemption.covers(day),
            Exemption.until.is_not(None),
        )
    ).first()


def require_endable(exemption: Exemption, until: date) -> None:
    """It ends on a day it lasts, and not later than it does already."""
    require_order(exemption.since, until)
    if exemption.until is not None and exemption.until <= until:
        message = (
            N_("This suspension ends on %(until)s already.")
            if exemption.is_suspension
            else N_("This exemption ends on %(until)s already.")
        )
        raise Untimely(message, about="until", until=said(exemption.until))


def _require_grounds(kind: ExemptionKind, reason: str, basis: str) -> None:
    if kind is ExemptionKind.EXEMPT and not tidy(reason):
        raise Unfit(N_("An exemption needs a reason."), about="reason")
    if kind is ExemptionKind.SUSPENDED and not tidy(reason):
        raise Unfit(N_("A suspension needs a reason."), about="reason")
    if kind is ExemptionKind.SUSPENDED and not tidy(basis):
        raise Unfit(N_("A suspension needs a decision: its number and day."), about="basis")


def require_none(db: Session, user: User, since: date, until: date | None) -> None:
    """Nothing of the kind lies within these days."""
    require_order(since, until)
    overlapping = select(Exemption).where(
        Exemption.user_id == user.id, Exemption.until.is_(None) | (Exemption.until >= since)
    )
    if until is not None:
        overlapping = overlapping.where(Exemption.since <= until)
    other = db.scalars(overlapping.order_by(Exemption.since).limit(1)).first()
    if other is not None:
        message = (
            N_("%(name)s is suspended since %(since)s. End that suspension first.")
            if other.is_suspension
            else N_("%(name)s is exempt since %(since)s. End that exemption first.")
        )
        raise Conflict(message, name=user.full_name, since=said(other.since))


def _record(
    db: Session, deed: Deed, exemption: Exemption, day: date, *, by: Actor | None, now: datetime
) -> None:
    person = str(exemption.user.id)
    log.record(db, deed, exemption.id, by=by, now=now, person=person, day=day.isoformat())
