"""The list of an open round is changed only by a named and reasoned act."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.completion import service as completion
from studyhub.completion.places import path_in_round
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.org.models import Membership
from studyhub.org.tree import is_within
from studyhub.rounds.extensions import settle_newcomer
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.rounds.service import require_open
from studyhub.study.attendance import settle
from studyhub.study.reading import count_earlier_readings

DEEDS = {
    Call.REQUIRED: Deed.SUMMONED,
    Call.EXEMPT: Deed.EXEMPTED,
    Call.RELEASED: Deed.RELEASED,
}


def summon_late(
    db: Session, round_: StudyRound, person: User, *, reason: str, by: Actor, now: datetime
) -> Summons:
    """Put a person on the list who was not on it, in the cell they belong to today."""
    require_open(round_)
    _require_reason(reason)
    if _is_on_the_list(db, round_, person):
        raise Conflict(N_("%(name)s is on the list already."), name=person.full_name)
    membership = _membership(db, round_, person, by)
    summons = Summons(
        id=new_uuid(),
        round=round_,
        user=person,
        cell=membership.cell,
        cell_path=path_in_round(db, round_.id, membership.cell),
        standing=membership.standing,
        call=Call.REQUIRED,
        reason=reason.strip(),
        added_late=True,
        changed_by=UserId(by.user_id),
        changed_at=now,
    )
    db.add(summons)
    db.flush()
    settle_newcomer(db, summons)
    completion.enrol(db, round_, [summons], now=now)
    count_earlier_readings(db, round_, now=now, user_ids=[person.id])
    _log(db, summons, by=by, now=now)
    return summons


def release(db: Session, summons: Summons, *, reason: str, by: Actor, now: datetime) -> None:
    """Take a person off the list; what they have done is kept, but counted nowhere."""
    _call(db, summons, Call.RELEASED, reason=reason, by=by, now=now)


def exempt(db: Session, summons: Summons, *, reason: str, by: Actor, now: datetime) -> None:
    """Free a person of the duty; they may still take part."""
    _call(db, summons, Call.EXEMPT, reason=reason, by=by, now=now)


def require(db: Session, summons: Summons, *, reason: str, by: Actor, now: datetime) -> None:
    """Ask a person to take part after all."""
    _call(db, summons, Call.REQUIRED, reason=reason, by=by, now=now)


def _call(
    db: Session, summons: Summons, call: Call, *, reason: str, by: Actor, now: datetime
) -> None:
    require_open(summons.round)
    _require_reason(reason)
    if summons.call is call:
        raise Untimely(N_("%(name)s is called like that already."), name=summons.user.full_name)
    completion.recall(db, summons, call, reason=reason.strip(), now=now)
    summons.changed_by, summons.changed_at = UserId(by.user_id), now
    settle(db, summons.round, user_ids=[summons.user_id], now=now)
    _log(db, summons, by=by, now=now)


def _membership(db: Session, round_: StudyRound, person: User, by: Actor) -> Membership:
    membership = db.scalars(
        select(Membership)
        .join(Membership.cell)
        .where(Membership.user_id == person.id, Membership.covers(by.today))
        .options(contains_eager(Membership.cell))
        .order_by(Membership.since.desc())
        .limit(1)
    ).first()
    if membership is None or not is_within(membership.cell.path, round_.unit.path):
        raise Unfit(
            N_("%(name)s does not belong to a cell of this organization today."),
            name=person.full_name,
        )
    return membership


def _is_on_the_list(db: Session, round_: StudyRound, person: User) -> bool:
    found = select(Summons.id).where(Summons.round_id == round_.id, Summons.user_id == person.id)
    return db.scalar(found) is not None


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Unfit(N_("Give the reason."))


def _log(db: Session, summons: Summons, *, by: Actor, now: datetime) -> None:
    log.record(
        db, DEEDS[summons.call], summons.round_id, by=by, now=now, person=str(summons.user_id)
    )
