"""Whoever moderates answers questions, publishes, merges and hides them; the asker is told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.inquiries.lifecycle import State, Step, after
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify

LONGEST_ANSWER = 20_000


def answer(
    db: Session, inquiry: Inquiry, text: str, *, publish: bool, by: Actor, now: datetime
) -> None:
    """Answer, or correct the answer; for the asker alone, or for all."""
    said = text.strip()
    if not said:
        raise Unfit(N_("Write the answer."), about="answer")
    if len(said) > LONGEST_ANSWER:
        raise Unfit(N_("An answer has at most 20,000 characters."), about="answer")
    is_first = not inquiry.answer
    _step(inquiry, Step.ANSWER, now)
    is_new = inquiry.answer != said
    inquiry.answer = said
    if is_new:
        inquiry.answered_by, inquiry.answered_at = UserId(by.user_id), now
        log.record(db, Deed.INQUIRY_ANSWERED, inquiry.id, by=by, now=now)
    if publish and inquiry.state is State.ANSWERED:
        _publish(db, inquiry, by=by, now=now)
    if is_first:
        _tell(db, inquiry, Kind.INQUIRY_ANSWERED, by=by, now=now)


def take_back(db: Session, inquiry: Inquiry, *, by: Actor, now: datetime) -> None:
    """Show a published answer to the asker alone again."""
    _step(inquiry, Step.TAKE_BACK, now)
    inquiry.published_at = None
    log.record(db, Deed.INQUIRY_TAKEN_BACK, inquiry.id, by=by, now=now)


def merge(db: Session, inquiry: Inquiry, into: Inquiry, *, by: Actor, now: datetime) -> None:
    """Answer it with another one that asks the same; those merged with it go along."""
    if into.id == inquiry.id or into.session_id != inquiry.session_id:
        raise Unfit(N_("Choose another question of this session."), about="into")
    if into.state in {State.MERGED, State.HIDDEN, State.WITHDRAWN}:
        raise Conflict(N_("The question has changed meanwhile. Look at it again."))
    for one in (inquiry, *merged_with(db, inquiry)):
        one.merged_into, one.changed_at = into, now
    inquiry.state = after(inquiry.state, Step.MERGE)
    log.record(db, Deed.INQUIRY_MERGED, inquiry.id, by=by, now=now, into=str(into.id))
    if into.answer:
        _tell_one(db, inquiry, Kind.INQUIRY_ANSWERED, by=by, now=now)


def part(db: Session, inquiry: Inquiry, *, by: Actor, now: datetime) -> None:
    """Let it be a question of its own again."""
    _step(inquiry, Step.PART, now)
    inquiry.merged_into = None
    log.record(db, Deed.INQUIRY_PARTED, inquiry.id, by=by, now=now)


def hide(db: Session, inquiry: Inquiry, reason: str, *, by: Actor, now: datetime) -> None:
    """Do not take it up in public, and tell the asker why."""
    if not reason.strip():
        raise Unfit(N_("Give the reason. The asker reads it."), about="reason")
    inquiry.hidden_because = reason.strip()
    _step(inquiry, Step.HIDE, now)
    log.record(db, Deed.INQUIRY_HIDDEN, inquiry.id, by=by, now=now)
    _tell(db, inquiry, Kind.INQUIRY_HIDDEN, by=by, now=now)


def show(db: Session, inquiry: Inquiry, *, by: Actor, now: datetime) -> None:
    """Take it up after all."""
    _step(inquiry, Step.SHOW, now)
    inquiry.hidden_because = ""
    log.record(db, Deed.INQUIRY_SHOWN, inquiry.id, by=by, now=now)


def merged_with(db: Session, inquiry: Inquiry) -> Sequence[Inquiry]:
    """Those that are answered with it."""
    return db.scalars(select(Inquiry).where(Inquiry.merged_into_id == inquiry.id)).all()


def _publish(db: Session, inquiry: Inquiry, *, by: Actor, now: datetime) -> None:
    _step(inquiry, Step.PUBLISH, now)
    inquiry.published_at = now
    log.record(db, Deed.INQUIRY_PUBLISHED, inquiry.id, by=by, now=now)


def _step(inquiry: Inquiry, step: Step, now: datetime) -> None:
    inquiry.state, inquiry.changed_at = after(inquiry.state, step), now


def _tell(db: Session, inquiry: Inquiry, kind: Kind, *, by: Actor, now: datetime) -> None:
    for one in (inquiry, *merged_with(db, inquiry)):
        _tell_one(db, one, kind, by=by, now=now)


def _tell_one(db: Session, inquiry: Inquiry, kind: Kind, *, by: Actor, now: datetime) -> None:
    notify(
        db, [inquiry.asker_id], kind, subject_id=inquiry.id, by=by, now=now,
        round=str(inquiry.round_id),
    )  # fmt: skip
