"""Who can do what in a database: found by questions, so that any organization will do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import ColumnElement, Engine, Select, func, select, update
from sqlalchemy.orm import Session

from benchmarks.town.words import essay as drawn_essay
from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Post
from studyhub.kernel.sqlite import WRITES
from studyhub.kernel.vietnamese import count_syllables
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound

PASSWORD = "mùa sen nở sớm"  # noqa: S105 - of people who live as long as a measurement

ENOUGH = 600
"""Syllables that any round takes for an essay."""

NAME = func.coalesce(User.card_number, User.email, "")
"""What a person types to sign in."""


@dataclass
class Draft:
    """An essay being written: whose, at which revision, and what stands in it."""

    author: str
    essay_id: UUID
    revision: int
    texts: dict[str, str]
    receipt: str = ""
    """Where its receipt is, once it has been handed in."""


@dataclass(frozen=True)
class Sight:
    """A page, and somebody who may look at it."""

    who: str
    path: str


@dataclass(frozen=True)
class Scene:
    """Everything the measurements ask for, of one organization."""

    drafts: list[Draft]
    reviews: list[Sight] = field(default_factory=list)
    cells: list[Sight] = field(default_factory=list)
    committees: list[Sight] = field(default_factory=list)

    @property
    def cast(self) -> list[str]:
        """The sign-in names of everybody in it."""
        sights = (*self.reviews, *self.cells, *self.committees)
        return list(dict.fromkeys([*(d.author for d in self.drafts), *(s.who for s in sights)]))


def look(engine: Engine, *, drafts: int, essays: int = 100) -> Scene:
    """At most so many drafts, and waiting essays, in the rounds that are open."""
    with Session(engine) as db:
        return Scene(
            drafts=list(_drafts(db, drafts)),
            reviews=list(_reviews(db, essays)),
            cells=_figures(db, Post.SECRETARY, Unit.kind == UnitKind.CELL),
            committees=_figures(db, Post.OFFICER, Unit.parent_id.is_(None)),
        )


def open_doors(engine: Engine) -> None:
    """Give everybody one password with a cheap hash: Argon2 is not what is measured."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with Session(engine) as db:
        db.connection(execution_options={WRITES: True})
        db.execute(update(User).values(password_hash=cheap, must_change_password=False))
        db.commit()


def _drafts(db: Session, limit: int) -> Iterator[Draft]:
    """Of each person the essay that has most time left."""
    rows = db.execute(
        select(Essay, NAME)
        .join(Essay.author)
        .join(Essay.round)
        .where(Essay.state == State.DRAFT, StudyRound.state == RoundState.OPEN)
        .order_by(StudyRound.closes_at.desc(), Essay.id)
        .limit(limit)
    )
    for essay, who in rows:
        yield Draft(who, essay.id, essay.draft_revision, whole_essay(essay.draft))


def whole_essay(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, or others in their place where they are too short to be handed in."""
    if count_syllables(" ".join(texts.values())) >= ENOUGH:
        return dict(texts)
    return dict(zip(texts, cycle(drawn_essay(Random(len(texts)))), strict=False))


def _reviews(db: Session, limit: int) -> Iterator[Sight]:
    rows = db.execute(
        select(NAME, Essay.id)
        .select_from(Essay)
        .join(Appointment, Appointment.unit_id == Essay.cell_id)
        .join(Appointment.user)
        .where(
            Essay.state == State.SUBMITTED,
            Appointment.post == Post.SECRETARY,
            Appointment.until.is_(None),
            Appointment.user_id != Essay.author_id,
        )
        .order_by(Essay.submitted_at, Essay.id)
        .limit(limit)
    )
    for who, essay_id in rows:
        yield Sight(who, f"/review/{essay_id}")


def _figures(db: Session, post: Post, which: ColumnElement[bool]) -> list[Sight]:
    """The figures of these units, each seen by one who holds the post on it."""
    round_id = db.scalar(nearest_round().with_only_columns(StudyRound.id))
    rows = db.execute(
        select(NAME, Unit.id)
        .join(Appointment, Appointment.user_id == User.id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .join(Tally, (Tally.unit_id == Unit.id) & (Tally.round_id == round_id))
        .where(which, Appointment.post == post, Appointment.until.is_(None))
        .order_by(Unit.path)
    )
    return [Sight(who, f"/completion/{round_id}/{unit_id}") for who, unit_id in rows]


def nearest_round() -> Select[StudyRound]:
    """The open round that ends first."""
    return (
        select(StudyRound)
        .where(StudyRound.state == RoundState.OPEN)
        .order_by(StudyRound.closes_at)
        .limit(1)
    )
