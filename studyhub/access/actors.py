"""Builds the actor of a request: the offices a person holds today, and where they belong."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Date,
    String,
    Uuid,
    bindparam,
    cast,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound, Summons

HOME, ROUND = "home", "round"


def actor_of(db: Session, user_id: UUID, today: date) -> Actor:
    """The person as the law sees them on this day: one query, asked in every request."""
    told = db.execute(FACTS, {"person": user_id, "day": today})
    facts = [(what, place) for what, place in told]
    return Actor(
        user_id=user_id,
        today=today,
        territories=_territories(facts),
        home=next((path for what, path in facts if what == HOME), ""),
        summoned_to=frozenset(UUID(place) for what, place in facts if what == ROUND),
    )


def _facts() -> CompoundSelect[str, str]:
    """Offices as (post, path), the own cell as (home, path), rounds as (round, id)."""
    day: Any = bindparam("day", type_=Date())
    person = bindparam("person", type_=Uuid())
    posts = (
        select(cast(Appointment.post, String), Unit.path)
        .join(Appointment.unit)
        .where(Appointment.user_id == person, Appointment.covers(day))
    )
    home = (
        select(literal(HOME), Unit.path)
        .join(Membership, Membership.cell_id == Unit.id)
        .where(Membership.user_id == person, Membership.covers(day))
    )
    rounds = (
        select(literal(ROUND), cast(Summons.round_id, String))
        .join(Summons.round)
        .where(Summons.user_id == person, StudyRound.state != RoundState.DRAFT)
    )
    return union_all(posts, home, rounds)


FACTS = _facts()
"""Put together once: building it took longer than asking it."""


def _territories(facts: Iterable[tuple[str, str]]) -> dict[Post, tuple[str, ...]]:
    held: dict[Post, tuple[str, ...]] = {}
    for what, path in facts:
        if what not in {HOME, ROUND}:
            held[Post(what)] = (*held.get(Post(what), ()), path)
    return held
