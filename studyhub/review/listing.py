"""The queue as a list: a page of it at a time, from any place; and what can be chosen from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, defer, joinedload

from studyhub.accounts.models import User
from studyhub.essays.models import Essay, Version
from studyhub.org.models import Unit
from studyhub.org.tree import order
from studyhub.review.blind import hides
from studyhub.review.line import BEFORE, SHOWN
from studyhub.review.queue import LONG, MANY, Sieve, Turn, first_look, in_line, seldom, walk
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of the queue; of its length no more than `MANY` is counted."""

    essays: Sequence[Essay]
    total: int
    is_long: bool
    """Whether there are more than were counted."""
    numbers: dict[UUID, int] = field(default_factory=dict)
    """Which version of each essay waits."""
    later: Turn | None = None
    """From where the next page goes on."""
    earlier: bool = False
    """Whether anything stands before this page."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What one can choose from: rounds and cells with how many wait there; None: not counted."""

    rounds: dict[UUID, tuple[str, int | None]]
    cells: dict[UUID, tuple[str, int | None]]


def listed(
    db: Session,
    visible: ColumnElement[bool],
    sieve: Sieve,
    *,
    now: datetime,
    each: ColumnElement[bool] | None = None,
    since: Turn | None = None,
    back: bool = False,
    limit: int = SHOWN,
) -> Listed:
    """The page behind that place, or before it: oldest first; nothing of the texts is read.

    `each` says the same as `visible`, to be asked of one essay after the other.
    """
    total, is_long = _count(db, visible, sieve, now)
    mine = each if each is not None and is_long else visible
    ids = _ids(mine, sieve, now, since, back=back, is_long=is_long).limit(limit + 1).subquery()
    essays: list[Essay] = list(db.scalars(_shown(ids)).all())
    more = len(essays) > limit
    if more:
        essays = essays[1:] if back else essays[:limit]
    last = essays[-1] if essays and (more or back) else None
    return Listed(
        essays=essays,
        total=total,
        is_long=is_long,
        numbers=_numbers(db, essays),
        later=Turn(last.submitted_at, last.id) if last and last.submitted_at else None,
        earlier=more if back else since is not None,
    )


def choices(db: Session, visible: ColumnElement[bool], sieve: Sieve, now: datetime) -> Choices:
    """Rounds and cells something waits in; of a long queue the rounds alone, uncounted.

    No cells of rounds that are judged blind: the cell would tell whose an essay is.
    """
    look = first_look(visible, sieve.but(round_id=None, cell_id=None), now)
    rows = db.execute(
        select(
            StudyRound.id, StudyRound.title, StudyRound.blind, Unit.id, Unit.name, Unit.path,
            func.count(),
        )
        .select_from(look)
        .join(StudyRound, StudyRound.id == look.c.round_id)
        .join(Unit, Unit.id == look.c.cell_id)
        .group_by(
            StudyRound.id, StudyRound.title, StudyRound.blind, StudyRound.closes_at,
            Unit.id, Unit.name, Unit.path,
        )
        .order_by(StudyRound.closes_at, StudyRound.id)
    ).all()  # fmt: skip
    if sum(row[-1] for row in rows) > MANY:
        return Choices(
            rounds=_rounds(db, visible, sieve, now), cells=_cell(db, visible, sieve, now)
        )
    rounds: dict[UUID, tuple[str, int | None]] = {}
    cells: dict[UUID, tuple[str, int | None]] = {}
    for round_id, title, *_, count in rows:
        rounds[round_id] = (title, (rounds.get(round_id, ("", 0))[1] or 0) + count)
    shown = [row for row in rows if not hides(blind=row.blind, state=sieve.state)]
    for *_, cell_id, name, _path, count in sorted(shown, key=lambda row: order(row.path)):
        cells[cell_id] = (name, (cells.get(cell_id, ("", 0))[1] or 0) + count)
    return Choices(rounds=rounds, cells=cells)


def _count(
    db: Session, visible: ColumnElement[bool], sieve: Sieve, now: datetime
) -> tuple[int, bool]:
    """How many are wanted, as far as one counts; and whether the queue is a long one."""
    look = first_look(visible, sieve, now)
    looked_at = select(func.count()).select_from(look).scalar_subquery()
    wanted = select(func.count()).select_from(look).where(seldom(sieve, look.c)).scalar_subquery()
    all_, some = db.execute(select(looked_at, wanted)).one()
    return some, all_ > MANY


def _ids(
    visible: ColumnElement[bool],
    sieve: Sieve,
    now: datetime,
    since: Turn | None,
    *,
    back: bool,
    is_long: bool,
) -> Select[Any]:
    if is_long:
        return walk(visible, sieve, now - LONG, since=since, back=back)
    look = first_look(visible, sieve, now)
    found = select(look.c.id).where(seldom(sieve, look.c))
    if since:
        found = found.where(since.stands_behind(look.c) if back else since.stands_before(look.c))
    turn = (look.c.submitted_at, look.c.id)
    return found.order_by(*(column.desc() if back else column for column in turn))


def _shown(ids: Any) -> Select[Essay]:
    return (
        select(Essay)
        .where(Essay.id.in_(select(ids.c.id)))
        .order_by(Essay.submitted_at, Essay.id)
        .options(
            defer(Essay.draft),
            joinedload(Essay.author, innerjoin=True).load_only(User.full_name),
            joinedload(Essay.round, innerjoin=True).load_only(StudyRound.title, StudyRound.blind),
            joinedload(Essay.cell, innerjoin=True).load_only(Unit.name, Unit.path),
        )
    )


def _numbers(db: Session, essays: Sequence[Essay]) -> dict[UUID, int]:
    found = db.execute(
        select(Version.essay_id, func.max(Version.number))
        .where(Version.essay_id.in_([essay.id for essay in essays]))
        .group_by(Version.essay_id)
    )
    return {row[0]: row[1] for row in found}


def _rounds(
    db: Session, visible: ColumnElement[bool], sieve: Sieve, now: datetime
) -> dict[UUID, tuple[str, int | None]]:
    waits = exists().where(
        Essay.round_id == StudyRound.id,
        in_line(visible, sieve.but(round_id=None, cell_id=None), now),
    )
    rows = db.execute(
        select(StudyRound.id, StudyRound.title)
        .where(StudyRound.state == RoundState.OPEN, waits)
        .order_by(StudyRound.closes_at, StudyRound.id)
    )
    return {round_id: (title, None) for round_id, title in rows}


def _cell(
    db: Session, visible: ColumnElement[bool], sieve: Sieve, now: datetime
) -> dict[UUID, tuple[str, int | None]]:
    """The cell that was chosen, if something one may judge waits there."""
    waits = exists().where(Essay.cell_id == Unit.id, in_line(visible, sieve, now))
    name = sieve.cell_id and db.scalar(select(Unit.name).where(Unit.id == sieve.cell_id, waits))
    return {sieve.cell_id: (name, None)} if sieve.cell_id and name else {}


def page_before(
    db: Session, visible: ColumnElement[bool], sieve: Sieve, essay_id: UUID, *, now: datetime
) -> Turn | None:
    """Behind which place the page begins on which this essay stands; None: on the first page."""
    submitted_at = db.scalar(select(Essay.submitted_at).where(Essay.id == essay_id, visible))
    if submitted_at is None:
        return None
    _, is_long = _count(db, visible, sieve, now)
    here = Turn(submitted_at, essay_id)
    back = _ids(visible, sieve, now, here, back=True, is_long=is_long).limit(SHOWN).subquery()
    ids = select(back.c.id)
    rows = db.execute(
        select(Essay.submitted_at, Essay.id)
        .where(Essay.id.in_(ids))
        .order_by(Essay.submitted_at, Essay.id)
    ).all()
    moment, first = rows[-BEFORE - 1] if len(rows) == SHOWN else (None, None)
    return Turn(moment, first) if moment and first else None
