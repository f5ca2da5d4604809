"""Sharing out what waits in a cell or a branch among those who may judge it. A suggestion.

It moves no right: whoever may judge an essay still may, and whoever is suggested has it in
their own part of the queue. The sharing can be repeated by anybody (`shared_out`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, delete, func, literal, or_, select
from sqlalchemy.orm import Mapped, Session, defer, joinedload, mapped_column

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.essays.leading import LEADING
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.database import Base
from studyhub.kernel.ids import EssayId, UserId
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Appointment, Unit

MOST = 1000
"""So many are shared out at once, those that have waited longest."""

May = Callable[[Actor, Essay], bool]
"""The law: who may judge which essay."""


class Assignment(Base):
    """Who is suggested to judge an essay; it stands while the essay waits."""

    __tablename__ = "essay_assignment"

    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), primary_key=True)
    reviewer_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    assigned_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    assigned_at: Mapped[datetime]


@dataclass(frozen=True)
class Share:
    """One reviewer: how many they have already, and how many come to them."""

    reviewer_id: UUID
    name: str
    had: int
    new: int


@dataclass(frozen=True)
class Sharing:
    """A plan: who gets what; `nobody`: essays that none of these may judge."""

    plan: Mapping[UUID, UUID]
    shares: Sequence[Share]
    nobody: int
    kept: int
    """Essays that somebody has already and keeps."""


def shared_out(may: Mapping[UUID, Sequence[UUID]], load: Mapping[UUID, int]) -> dict[UUID, UUID]:
    """Each essay (in turn) to one of those who may judge it. Pure, and the same each time.

    First the essays fewest people may judge, among these in turn; each goes to whoever has the
    fewest by then, between equals to the one who stands first.
    """
    counts = dict(load)
    given = {}
    for essay, people in sorted(may.items(), key=lambda pair: len(pair[1])):
        if not people:
            continue
        chosen = min(people, key=lambda who: counts.get(who, 0))
        counts[chosen] = counts.get(chosen, 0) + 1
        given[essay] = chosen
    return given


def sharing(
    db: Session,
    unit: Unit,
    round_id: UUID | None,
    *,
    may: May,
    day: date,
    anew: bool = False,
) -> Sharing:
    """What sharing out would give: those who have something keep it, unless all is dealt `anew`."""
    judges, names = _judges(db, unit, day)
    essays = db.scalars(_waiting(unit, round_id)).all()
    allowed = {
        essay.id: [who.user_id for who in judges if _could(may, who, essay)] for essay in essays
    }
    had = {} if anew else _had(db, allowed)
    open_: dict[UUID, Sequence[UUID]] = {
        essay_id: people for essay_id, people in allowed.items() if essay_id not in had
    }
    plan = shared_out(open_, _load(had.values()))
    someone = {who for people in allowed.values() for who in people}
    shares = _shares([(who, name) for who, name in names.items() if who in someone], had, plan)
    return Sharing(plan, shares, sum(not people for people in allowed.values()), len(had))


def assign(db: Session, unit: Unit, dealt: Sharing, *, by: Actor, now: datetime) -> int:
    """Keep the plan, and tell each of theirs; how many essays it deals out."""
    db.execute(delete(Assignment).where(Assignment.essay_id.in_(list(dealt.plan))))
    db.add_all(
        Assignment(
            essay_id=EssayId(essay_id),
            reviewer_id=UserId(reviewer_id),
            assigned_by=UserId(by.user_id),
            assigned_at=now,
        )
        for essay_id, reviewer_id in dealt.plan.items()
    )
    for who, count in _load(dealt.plan.values()).items():
        notify(
            db, [UserId(who)], Kind.ESSAYS_ASSIGNED, subject_id=unit.id, by=by, now=now,
            officer=str(by.user_id), count=count,
        )  # fmt: skip
    people = len(set(dealt.plan.values()))
    if dealt.plan:
        record(
            db, Deed.ESSAYS_ASSIGNED, unit.id, by=by, now=now,
            essays=len(dealt.plan), reviewers=people,
        )  # fmt: skip
    return len(dealt.plan)


def assigned_to(user_id: UUID) -> ColumnElement[bool]:
    """The essays this person is suggested for."""
    return Essay.id.in_(select(Assignment.essay_id).where(Assignment.reviewer_id == user_id))


def reviewers_of(db: Session, essay_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Who is suggested for which of these: id and name."""
    found = db.execute(
        select(Assignment.essay_id, User.id, User.full_name)
        .join(User, User.id == Assignment.reviewer_id)
        .where(Assignment.essay_id.in_(essay_ids))
    )
    return {essay_id: (user_id, name) for essay_id, user_id, name in found}


def _could(may: May, who: Actor, essay: Essay) -> bool:
    return may(who, essay) and not essay.has_been_marked_by(who.user_id)


def _shares(
    people: Iterable[tuple[UUID, str]], had: Mapping[UUID, UUID], plan: Mapping[UUID, UUID]
) -> list[Share]:
    old, new = _load(had.values()), _load(plan.values())
    return [Share(who, name, old.get(who, 0), new.get(who, 0)) for who, name in people]


def _load(people: Iterable[UUID]) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for who in people:
        counts[who] = counts.get(who, 0) + 1
    return counts


def _waiting(unit: Unit, round_id: UUID | None) -> Select[Essay]:
    found = (
        select(Essay)
        .join(Essay.cell)
        .where(Essay.state == State.SUBMITTED, Unit.path.startswith(unit.path, autoescape=True))
        .order_by(Essay.submitted_at, Essay.id)
        .limit(MOST)
        .options(
            defer(Essay.draft),
            joinedload(Essay.cell, innerjoin=True).load_only(Unit.path),
        )
    )
    return found.where(Essay.round_id == round_id) if round_id else found


def _had(db: Session, allowed: Mapping[EssayId, Sequence[UUID]]) -> dict[UUID, UUID]:
    """Who has what already, as far as they may still judge it."""
    found = reviewers_of(db, list(allowed))
    return {id_: who for id_, (who, _) in found.items() if who in allowed[EssayId(id_)]}


def _judges(db: Session, unit: Unit, day: date) -> tuple[list[Actor], dict[UserId, str]]:
    """Secretaries, deputies and officers of the unit, of those in it and above, by name.

    With the posts they hold today themselves; what a unit has taken over with its posts does
    not count here: such essays are left for the queue that all of them see.
    """
    rows = db.execute(
        select(User.id, User.full_name, Appointment.post, Unit.path)
        .join(Appointment.user)
        .join(Appointment.unit)
        .where(
            Appointment.post.in_((*LEADING, Post.OFFICER)),
            Appointment.covers(day),
            or_(
                Unit.path.startswith(unit.path, autoescape=True),
                literal(unit.path).startswith(Unit.path, autoescape=False),
            ),
        )
        .order_by(func.lower(User.full_name), User.id)
    ).all()
    names = {user_id: name for user_id, name, *_ in rows}
    return [_actor(user_id, rows, day) for user_id in names], names


def _actor(user_id: UUID, rows: Iterable[tuple[UUID, str, Post, str]], day: date) -> Actor:
    held: dict[Post, tuple[str, ...]] = {}
    for who, _, post, path in rows:
        if who == user_id:
            held[post] = (*held.get(post, ()), path)
    return Actor(user_id=user_id, today=day, territories=held)
