"""Chore: at the deadline, rounds whose rule says so hand in the last saved drafts themselves.

One short transaction for each essay. Whatever has been looked at once is not
looked at again, unless its author was given more time since.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from studyhub.essays.handing_in import submit_by_rule
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.jobs.work import Tools
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons

GRACE = timedelta(minutes=5)
"""Who was still typing when the deadline came is not left out for a few more words."""


def hand_in_drafts(tools: Tools) -> None:
    """Hand in every draft whose deadline has passed since the last time."""
    with tools.reading() as db:
        found = waiting(db, now=tools.now())
    for essay_id in found:
        with tools.writing() as db:
            apply_rule(db, db.get_one(Essay, essay_id), now=tools.now())


def waiting(db: Session, *, now: datetime) -> list[UUID]:
    """Drafts of required persons whose deadline has come; the rule has not looked at them since."""
    come = and_(
        StudyRound.closes_at <= now, or_(Summons.closes_at.is_(None), Summons.closes_at <= now)
    )
    not_yet = or_(
        Essay.rule_applied_at.is_(None),
        Essay.rule_applied_at < StudyRound.closes_at,
        Essay.rule_applied_at < Summons.closes_at,
    )
    drafts = (
        select(Essay.id)
        .join(Essay.round)
        .join(
            Summons,
            and_(Summons.round_id == Essay.round_id, Summons.user_id == Essay.author_id),
        )
        .where(
            StudyRound.hands_in_drafts,
            StudyRound.state == RoundState.OPEN,
            Essay.state == State.DRAFT,
            Essay.draft_saved_at.is_not(None),
            Summons.call == Call.REQUIRED,
            come,
            not_yet,
        )
    )
    return list(db.scalars(drafts.order_by(Essay.id)))


def apply_rule(db: Session, essay: Essay, *, now: datetime) -> bool:
    """Hand it in if it was saved in time and is fit; whether it was handed in."""
    saved, deadline = essay.draft_saved_at, essay.deadline
    if now < deadline or saved is None:
        return False
    if saved > deadline + GRACE:
        essay.rule_applied_at = now
        return False
    return submit_by_rule(db, essay, now=now) is not None
