"""The queue as it is seen from one essay: what stands in it, who is next, who was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.ids import EssayId

SHOWN = 20
"""How many of a queue are listed at once, however long it is."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One essay in the queue: no more of it than a list shows."""

    id: EssayId
    name: str
    since: datetime
    place: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """The head of the queue, its length, and the neighbours of one essay."""

    head: Sequence[Waiting]
    total: int
    here: Waiting | None
    """The essay itself; None when it does not wait."""
    previous: Waiting | None
    following: Waiting | None
    """The one behind it; after the last, the first."""


def line(db: Session, visible: ColumnElement[bool], essay: Essay) -> Line:
    """Where this essay stands among those that wait, oldest first: one query, a few rows."""
    rows = db.execute(_near(visible, essay)).all()
    found = {row.place: _waiting(row) for row in rows}
    ahead = rows[0].ahead if rows else 0
    here = next((one for one in found.values() if one.id == essay.id), None)
    following = found.get(ahead + (2 if here else 1)) or found.get(1)
    return Line(
        head=[one for place, one in sorted(found.items()) if place <= SHOWN],
        total=rows[0].total if rows else 0,
        here=here,
        previous=found.get(ahead) if here else None,
        following=following if following != here else None,
    )


def in_line(visible: ColumnElement[bool]) -> ColumnElement[bool]:
    """The essays that wait for a decision and that one may judge."""
    return and_(Essay.state == State.SUBMITTED, visible)


def _near(visible: ColumnElement[bool], essay: Essay) -> Select[Any]:
    """The first of the queue and those around this essay, each with its place."""
    ahead = func.coalesce(func.sum(case((_stands_before(essay), 1), else_=0)).over(), 0)
    queue = (
        select(
            Essay.id,
            Essay.author_id,
            Essay.submitted_at,
            func.row_number().over(order_by=(Essay.submitted_at, Essay.id)).label("place"),
            func.count().over().label("total"),
            ahead.label("ahead"),
        )
        .where(in_line(visible))
        .subquery()
    )
    near = queue.c.place.between(queue.c.ahead, queue.c.ahead + 2)
    return (
        select(queue, User.full_name)
        .join(User, User.id == queue.c.author_id)
        .where(or_(queue.c.place <= SHOWN, near))
    )


def _stands_before(essay: Essay) -> ColumnElement[bool]:
    moment = essay.submitted_at
    if moment is None:  # it was taken back: everything stands behind it
        return false()
    return or_(Essay.submitted_at < moment, and_(Essay.submitted_at == moment, Essay.id < essay.id))


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(id=row.id, name=row.full_name, since=row.submitted_at, place=row.place)
