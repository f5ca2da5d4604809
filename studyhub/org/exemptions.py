"""The deeds about exemption from duties and party activity."""

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
from studyhub.org.models import Exemption
from studyhub.org.rules import require_order, said


def exempt(
    db: Session,
    user: User,
    *,
    since: date,
    until: date | None = None,
    reason: str,
    basis: str = "",
    by: Actor | None,
    now: datetime,
) -> Exemption:
    """Exempt a person from that day, perhaps until another; two exemptions never overlap."""
    require_order(since, until)
    if not tidy(reason):
        raise Unfit(N_("An exemption needs a reason."), about="reason")
    db.flush()
    db.execute(select(User.id).where(User.id == user.id).with_for_update())
    _require_none(db, user, since, until)
    exemption = Exemption(
        id=new_uuid(), user=user, since=since, until=until, reason=tidy(reason), basis=tidy(basis)
    )
    db.add(exemption)
    db.flush()
    _record(db, Deed.EXEMPTION_BEGUN, exemption, since, by=by, now=now)
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
    require_order(exemption.since, until)
    if exemption.until is not None and exemption.until <= until:
        raise Untimely(
            N_("This exemption ends on %(until)s already."),
            about="until",
            until=said(exemption.until),
        )
    exemption.until, exemption.until_basis = until, tidy(basis)
    db.flush()
    _record(db, Deed.EXEMPTION_ENDED, exemption, until, by=by, now=now)


def _require_none(db: Session, user: User, since: date, until: date | None) -> None:
    overlapping = select(Exemption).where(
        Exemption.user_id == user.id, Exemption.until.is_(None) | (Exemption.until >= since)
    )
    if until is not None:
        overlapping = overlapping.where(Exemption.since <= until)
    other = db.scalars(overlapping.order_by(Exemption.since).limit(1)).first()
    if other is not None:
        raise Conflict(
            N_("%(name)s is exempt since %(since)s. End that exemption first."),
            name=user.full_name,
            since=said(other.since),
        )


def _record(
    db: Session, deed: Deed, exemption: Exemption, day: date, *, by: Actor | None, now: datetime
) -> None:
    person = str(exemption.user.id)
    log.record(db, deed, exemption.id, by=by, now=now, person=person, day=day.isoformat())
