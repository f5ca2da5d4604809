"""Builds the actor of a request: the offices a person holds today, and where they belong."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound, Summons


def actor_of(db: Session, user_id: UUID, today: date) -> Actor:
    """The person as the law sees them on this day."""
    return Actor(
        user_id=user_id,
        today=today,
        territories=_territories(db, user_id, today),
        home=_home(db, user_id, today),
        summoned_to=_summoned_to(db, user_id),
    )


def _territories(db: Session, user_id: UUID, today: date) -> dict[Post, tuple[str, ...]]:
    held: dict[Post, tuple[str, ...]] = {}
    rows = db.execute(
        select(Appointment.post, Unit.path)
        .join(Appointment.unit)
        .where(Appointment.user_id == user_id, Appointment.covers(today))
    )
    for post, path in rows:
        held[post] = (*held.get(post, ()), path)
    return held


def _home(db: Session, user_id: UUID, today: date) -> str:
    return (
        db.scalar(
            select(Unit.path)
            .join(Membership, Membership.cell_id == Unit.id)
            .where(Membership.user_id == user_id, Membership.covers(today))
        )
        or ""
    )


def _summoned_to(db: Session, user_id: UUID) -> frozenset[UUID]:
    return frozenset(
        db.scalars(
            select(Summons.round_id)
            .join(Summons.round)
            .where(Summons.user_id == user_id, StudyRound.state != RoundState.DRAFT)
        )
    )
