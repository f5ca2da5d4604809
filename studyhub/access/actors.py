"""Builds the actor of a request: the offices a person holds today, and where they belong."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from studyhub.access.reach import LEADERS
from studyhub.kernel.actor import Actor, Post
from studyhub.notices.models import Notice
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.org.stays import Stay
from studyhub.org.succession import Succession
from studyhub.review.models import Substitution
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons

HOME, ROUND, HOSTING, UNREAD = "home", "round", "hosting", "unread"
STANDS_IN, STANDS_IN_ON = "stands in", "stands in on"
HELD, INHERITED = "held ", "inherited "


def actor_of(db: Session, user_id: UUID, today: date) -> Actor:
    """The person as the law sees them on this day: one query, asked in every request."""
    told = db.execute(FACTS, {"person": user_id, "day": today})
    facts = [(what, place) for what, place in told]
    return Actor(
        user_id=user_id,
        today=today,
        territories=_territories(facts),
        inherited=_territories(facts, INHERITED),
        home=next((path for what, path in facts if what == HOME), ""),
        summoned_to=frozenset(UUID(place) for what, place in facts if what == ROUND),
        hosting=frozenset(UUID(place) for what, place in facts if what == HOSTING),
        substitutes=tuple(path for what, path in facts if what == STANDS_IN),
        substitutes_on=frozenset(UUID(place) for what, place in facts if what == STANDS_IN_ON),
        unread=next((int(count) for what, count in facts if what == UNREAD), 0),
    )


def _facts() -> CompoundSelect[str, str]:
    """Offices as (held post, path), the cell as (home, path), (round, id), (hosting, id of a
    round), (unread, how many)."""
    day: Any = bindparam("day", type_=Date())
    person = bindparam("person", type_=Uuid())
    posts = (
        select(literal(HELD) + cast(Appointment.post, String), Unit.path)
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
    unread = select(literal(UNREAD), cast(func.count(), String)).where(
        Notice.user_id == person, Notice.read_at.is_(None)
    )
    return union_all(
        posts, home, rounds, _hosting(person, day), unread, _inherited(person, day),
        _standing_in(person, day), _standing_in_for_heirs(person, day),
        _standing_in_on(person, day),
    )  # fmt: skip


def _hosting(person: Any, day: Any) -> Select[str, str]:
    """The rounds of those who are with a cell for a time, for the leaders of that cell."""
    return (
        select(literal(HOSTING), cast(Summons.round_id, String))
        .select_from(Appointment)
        .join(Stay, Stay.host_id == Appointment.unit_id)
        .join(Summons, Summons.user_id == Stay.user_id)
        .join(StudyRound, StudyRound.id == Summons.round_id)
        .where(
            Appointment.user_id == person,
            Appointment.post.in_(LEADERS),
            Appointment.covers(day),
            Stay.holds(day),
            Summons.call != Call.RELEASED,
            StudyRound.state != RoundState.DRAFT,
        )
    )


def _inherited(person: Any, day: Any) -> Select[str, str]:
    """Where the predecessors stood of all units within a post; those within it anyway left out."""
    seat, heir, gone = aliased(Unit), aliased(Unit), aliased(Unit)
    return (
        select(literal(INHERITED) + cast(Appointment.post, String), gone.path)
        .select_from(Appointment)
        .join(seat, seat.id == Appointment.unit_id)
        .join(Succession, true())
        .join(heir, heir.id == Succession.successor_id)
        .join(gone, gone.id == Succession.predecessor_id)
        .where(
            Appointment.user_id == person,
            Appointment.covers(day),
            heir.path.startswith(seat.path),
            ~gone.path.startswith(seat.path),
        )
    )


def _standing_in(person: Any, day: Any) -> Select[str, str]:
    """Where the cells stand whose secretary is away."""
    return (
        select(literal(STANDS_IN), Unit.path)
        .select_from(Substitution)
        .join(Unit, Unit.id == Substitution.cell_id)
        .where(_stands_in(person, day), Substitution.essay_id.is_(None))
    )


def _standing_in_for_heirs(person: Any, day: Any) -> Select[str, str]:
    """Where those stood that have become part of these cells."""
    return (
        select(literal(STANDS_IN), Unit.path)
        .select_from(Substitution)
        .join(Succession, Succession.successor_id == Substitution.cell_id)
        .join(Unit, Unit.id == Succession.predecessor_id)
        .where(_stands_in(person, day), Substitution.essay_id.is_(None))
    )


def _standing_in_on(person: Any, day: Any) -> Select[str, str]:
    return select(literal(STANDS_IN_ON), cast(Substitution.essay_id, String)).where(
        _stands_in(person, day), Substitution.essay_id.is_not(None)
    )


def _stands_in(person: Any, day: Any) -> ColumnElement[bool]:
    return and_(
        Substitution.officer_id == person,
        Substitution.ended_at.is_(None),
        Substitution.since <= day,
        Substitution.until >= day,
    )


FACTS = _facts()
"""Put together once: building it took longer than asking it."""


def _territories(facts: Iterable[tuple[str, str]], how: str = HELD) -> dict[Post, tuple[str, ...]]:
    found: dict[Post, tuple[str, ...]] = {}
    for what, path in facts:
        if what.startswith(how):
            post = Post(what.removeprefix(how))
            found[post] = (*found.get(post, ()), path)
    return found
