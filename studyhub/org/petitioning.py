"""The deeds about requests: a cell asks or withdraws, the committee above approves or declines.

To approve is to do what was asked, in the same transaction, by the deeds there are for it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.exemptions import end_exemption, exempt
from studyhub.org.leaving import leave
from studyhub.org.models import Exemption, ExemptionKind, Leaving, Membership, Transfer, Unit
from studyhub.org.petitions import Petition, PetitionState, Wish
from studyhub.org.rules import require_order
from studyhub.org.stretches import hold, require_open
from studyhub.org.telling import committee_above, day_of, leaders_of
from studyhub.org.transfers import transfer


def ask(
    db: Session,
    membership: Membership,
    *,
    wish: Wish,
    since: date,
    until: date | None = None,
    destination: str = "",
    reason: str,
    basis: str = "",
    by: Actor,
    now: datetime,
) -> Petition:
    """Ask the committee above for a member; nothing is changed until it is approved."""
    hold(db, membership.user)
    require_open(membership)
    require_order(since, until)
    _require_sense(db, membership, wish, reason, destination, by.today)
    petition = Petition(
        id=new_uuid(), wish=wish, state=PetitionState.ASKED, user=membership.user,
        cell=membership.cell, since=since, until=until, destination=tidy(destination),
        reason=tidy(reason), basis=tidy(basis), asked_by=UserId(by.user_id), asked_at=now,
    )  # fmt: skip
    db.add(petition)
    db.flush()
    _log(db, Deed.PETITION_ASKED, petition, by=by, now=now)
    above = committee_above(db, petition.cell, day_of(by, now))
    _tell(db, above, Kind.PETITION_ASKED, petition, by=by, now=now)
    return petition


def withdraw(
    db: Session, petition: Petition, *, answer: str = "", by: Actor, now: datetime
) -> None:
    """The cell asks no longer; it may ask again at any time."""
    require_asked(petition)
    _settle(petition, PetitionState.WITHDRAWN, answer=answer, by=by, now=now)
    _log(db, Deed.PETITION_WITHDRAWN, petition, by=by, now=now)
    above = committee_above(db, petition.cell, day_of(by, now))
    _tell(db, above, Kind.PETITION_WITHDRAWN, petition, by=by, now=now)


def decline(db: Session, petition: Petition, *, answer: str, by: Actor, now: datetime) -> None:
    """The committee does not do it, and says why; the cell may ask again."""
    require_asked(petition)
    if not tidy(answer):
        raise Unfit(N_("Say why the request is declined."), about="answer")
    _settle(petition, PetitionState.DECLINED, answer=answer, by=by, now=now)
    _log(db, Deed.PETITION_DECLINED, petition, by=by, now=now)
    _answer(db, Kind.PETITION_DECLINED, petition, by=by, now=now)


def approve_transfer(
    db: Session, petition: Petition, to: Unit, *, on: date, decision: str, by: Actor, now: datetime
) -> Transfer:
    """The member belongs to that cell from that day."""
    membership = _about(db, petition, Wish.TRANSFER)
    moved = transfer(db, membership, to, on=on, basis=decision, by=by, now=now)
    _approve(db, petition, decision, by=by, now=now)
    return moved


def approve_moving_away(
    db: Session,
    petition: Petition,
    *,
    until: date,
    closes_at: datetime,
    decision: str,
    by: Actor,
    now: datetime,
) -> Membership:
    """The member goes to an organization that StudyHub does not know, and stays in the Party."""
    membership = _about(db, petition, Wish.TRANSFER)
    leave(
        db, membership, reason=Leaving.MOVED_AWAY, until=until, closes_at=closes_at,
        basis=decision, by=by, now=now,
    )  # fmt: skip
    _approve(db, petition, decision, by=by, now=now)
    return membership


def approve_exemption(
    db: Session,
    petition: Petition,
    *,
    since: date,
    until: date | None,
    decision: str,
    by: Actor,
    now: datetime,
) -> Exemption:
    """The member is exempt from that day, for the reason the cell gave."""
    membership = _about(db, petition, Wish.EXEMPTION)
    exemption = exempt(
        db, membership.user, since=since, until=until, reason=petition.reason, basis=decision,
        by=by, now=now,
    )  # fmt: skip
    _approve(db, petition, decision, by=by, now=now)
    return exemption


def approve_end_of_exemption(
    db: Session, petition: Petition, *, until: date, decision: str, by: Actor, now: datetime
) -> Exemption:
    """The exemption ends on that day."""
    membership = _about(db, petition, Wish.END_OF_EXEMPTION)
    exemption = exemption_to_end(db, membership, by.today)
    if exemption is None:
        raise Untimely(N_("The member is not exempt any more."))
    end_exemption(db, exemption, until=until, basis=decision, by=by, now=now)
    _approve(db, petition, decision, by=by, now=now)
    return exemption


def require_asked(petition: Petition) -> None:
    """What has been answered is not answered again."""
    if not petition.is_open:
        raise Untimely(N_("This request has been answered already."))


def membership_meant(db: Session, petition: Petition) -> Membership | None:
    """The membership in the cell that asked, if the person still belongs to it."""
    return db.scalars(
        select(Membership).where(
            Membership.user_id == petition.user_id,
            Membership.cell_id == petition.cell_id,
            Membership.until.is_(None),
        )
    ).first()


def exemption_to_end(db: Session, membership: Membership, day: date) -> Exemption | None:
    """The exemption of the person that goes on after that day, or is to come."""
    return db.scalars(
        select(Exemption)
        .where(
            Exemption.user_id == membership.user_id,
            Exemption.kind == ExemptionKind.EXEMPT,
            Exemption.until.is_(None) | (Exemption.until > day),
        )
        .order_by(Exemption.since)
        .limit(1)
    ).first()


def _require_sense(
    db: Session, membership: Membership, wish: Wish, reason: str, destination: str, day: date
) -> None:
    if not tidy(reason):
        raise Unfit(N_("Give the reason of the request."), about="reason")
    if wish is Wish.TRANSFER and not tidy(destination):
        raise Unfit(N_("Say where the member is to go."), about="destination")
    if wish is Wish.END_OF_EXEMPTION and exemption_to_end(db, membership, day) is None:
        raise Untimely(N_("The member is not exempt any more."))
    same = select(Petition).where(
        Petition.user_id == membership.user_id,
        Petition.wish == wish,
        Petition.state == PetitionState.ASKED,
    )
    if db.scalars(same.limit(1)).first() is not None:
        raise Conflict(N_("This has been asked already, and waits for its answer."))


def _about(db: Session, petition: Petition, wish: Wish) -> Membership:
    require_asked(petition)
    if petition.wish is not wish:
        raise Unfit(N_("Something else was asked for."))
    membership = membership_meant(db, petition)
    if membership is None:
        raise Untimely(N_("The member belongs to this cell no longer. Decline the request."))
    return membership


def _approve(db: Session, petition: Petition, decision: str, *, by: Actor, now: datetime) -> None:
    petition.decision = tidy(decision)
    _settle(petition, PetitionState.APPROVED, answer="", by=by, now=now)
    _log(db, Deed.PETITION_APPROVED, petition, by=by, now=now)
    _answer(db, Kind.PETITION_APPROVED, petition, by=by, now=now)


def _settle(
    petition: Petition, state: PetitionState, *, answer: str, by: Actor, now: datetime
) -> None:
    petition.state, petition.answer = state, tidy(answer)
    petition.decided_by, petition.decided_at = UserId(by.user_id), now


def _answer(db: Session, kind: Kind, petition: Petition, *, by: Actor, now: datetime) -> None:
    """To whoever asked, and to those who answer for the cell today."""
    leaders = leaders_of(db, [petition.cell_id], day_of(by, now))
    _tell(db, [*leaders, petition.asked_by], kind, petition, by=by, now=now)


def _tell(
    db: Session,
    people: Sequence[UserId],
    kind: Kind,
    petition: Petition,
    *,
    by: Actor,
    now: datetime,
) -> None:
    notify(
        db, people, kind, subject_id=petition.id, by=by, now=now, person=str(petition.user_id),
        cell=str(petition.cell_id), wish=petition.wish.value,
    )  # fmt: skip


def _log(db: Session, deed: Deed, petition: Petition, *, by: Actor, now: datetime) -> None:
    log.record(
        db, deed, petition.id, by=by, now=now, person=str(petition.user.id),
        cell=str(petition.cell.id), wish=petition.wish.value,
    )  # fmt: skip
