"""The deeds of the cell: to propose an essay as a good one, and to withdraw that."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from studyhub.audit.log import Deed, record
from studyhub.booklet.lifecycle import WITHDRAWABLE
from studyhub.booklet.models import GoodEssay
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Appointment, Unit
from studyhub.org.tree import lineage
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.lifecycle import RoundState

LONGEST = 1000


def propose(db: Session, essay: Essay, *, reason: str, by: Actor, now: datetime) -> GoodEssay:
    """Propose the essay as it was accepted, with a word why; the committee above is told."""
    db.refresh(essay, with_for_update={"of": Essay})
    refusal = why_not(essay)
    if refusal:
        raise refusal
    version, decision = _accepted(db, essay)
    if _proposed_already(db, version, decision):
        raise Conflict(N_("This essay has been proposed already."))
    good = GoodEssay(
        id=new_uuid(),
        essay=essay,
        version=version,
        decided_at=decision.decided_at,
        reason=expect_word(reason, about="reason"),
        proposed_by=UserId(by.user_id),
        proposed_at=now,
    )
    db.add(good)
    db.flush()
    record(db, Deed.GOOD_ESSAY_PROPOSED, essay.id, by=by, now=now, version=version.number)
    facts = {"person": str(by.user_id), "cell": str(essay.cell_id)}
    told = committee_of(db, essay, by.today)
    notify(db, told, Kind.GOOD_ESSAY_PROPOSED, subject_id=good.id, by=by, now=now, **facts)
    return good


def why_not(essay: Essay) -> Untimely | None:
    """What stands against proposing it now; None when nothing does."""
    if essay.state is not State.ACCEPTED:
        return Untimely(N_("Only an accepted essay can be proposed as a good one."))
    if essay.round.blind and essay.round.state is not RoundState.CLOSED:
        return Untimely(
            N_("This round is judged blind: its essays can be proposed once it is closed.")
        )
    if essay.latest is None or not any(part["text"].strip() for part in essay.latest.parts):
        return Untimely(N_("Its text stands only on photographed pages: it cannot be published."))
    return None


def withdraw(db: Session, good: GoodEssay, *, by: Actor, now: datetime) -> None:
    """The cell proposes it no longer. The log keeps that it had been proposed."""
    if good.progress not in WITHDRAWABLE and good.stands:
        raise Untimely(N_("The committee has approved it. Ask it to take the approval back."))
    db.delete(good)
    record(db, Deed.GOOD_ESSAY_WITHDRAWN, good.essay_id, by=by, now=now)


def committee_of(db: Session, essay: Essay, day: date) -> Sequence[UserId]:
    """The officers nearest above the cell, without the author."""
    found = db.scalars(
        select(Appointment)
        .join(Appointment.unit)
        .where(
            Unit.path.in_(lineage(essay.cell.path)),
            Appointment.post == Post.OFFICER,
            Appointment.user_id != essay.author_id,
            Appointment.covers(day),
        )
        .order_by(Unit.path.desc())
        .options(contains_eager(Appointment.unit))
    ).all()
    return [one.user_id for one in found if one.unit_id == found[0].unit_id]


def expect_word(text: str, *, about: str) -> str:
    """The word, tidied; refused when there is none."""
    kept = as_kept(text).strip()
    if not kept:
        raise Unfit(N_("Say why, in a sentence."), about=about)
    if len(kept) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), about=about, most=LONGEST)
    return kept


def _accepted(db: Session, essay: Essay) -> tuple[Version, Decision]:
    version = essay.latest
    decision = db.get(Decision, version.id, populate_existing=True) if version else None
    if version is None or decision is None or decision.outcome is not Outcome.ACCEPT:
        raise Untimely(N_("Only an accepted essay can be proposed as a good one."))
    return version, decision


def _proposed_already(db: Session, version: Version, decision: Decision) -> bool:
    asked = select(GoodEssay.id).where(
        GoodEssay.version_id == version.id, GoodEssay.decided_at == decision.decided_at
    )
    return db.scalar(asked) is not None
