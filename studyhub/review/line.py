"""The queue as it is seen from one essay: what stands around it, who is next, who was before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Uuid,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.essays.models import Essay
from studyhub.kernel.database import UtcDateTime
from studyhub.kernel.ids import EssayId
from studyhub.review.blind import hides, is_hidden
from studyhub.review.queue import LONG, MANY, Place, Sieve, seldom, walk, whole
from studyhub.review.reserving import FOR, Reservation
from studyhub.rounds.models import StudyRound

SHOWN = 20
"""How many of a queue are listed at once, however long it is."""

BEFORE = 3
"""How many of those before the essay are listed."""

REMEMBERED = 1000
"""So many statements, each for what one person may see and wants to see."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)
_READER = (bindparam("reader", type_=Uuid()), bindparam("fresh", type_=UtcDateTime()))

REACH = 12
"""So many neighbours are looked at for one that nobody else reads."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One essay in the queue: no more of it than a list shows."""

    id: EssayId
    name: str | None
    """Whose it is; None where that is hidden from those who judge."""
    since: datetime
    place: int | None
    """Counted from 1; None in a queue too long to be counted."""
    is_read: bool
    """Whether somebody else has it open."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What stands around one essay, and its neighbours; of the length no more than `MANY`."""

    around: Sequence[Waiting]
    total: int
    here: Waiting | None
    """The essay itself; None when it does not wait."""
    previous: Waiting | None
    following: Waiting | None
    """The one behind it that nobody else reads; after the last, the first."""

    @property
    def is_long(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > MANY


def line(
    db: Session,
    visible: ColumnElement[bool],
    essay: Essay,
    *,
    reader_id: UUID,
    now: datetime,
    sieve: Sieve | None = None,
    each: ColumnElement[bool] | None = None,
) -> Line:
    """Where this essay stands among those that are wanted, oldest first.

    `each` says the same as `visible`, to be asked of one essay after the other.

    One question where no more than `MANY` wait; else one or two more, each of a few rows.
    """
    sieve = sieve or Sieve()
    told = _told(essay, reader_id, now)
    rows = db.execute(_near(visible, sieve), told).all()
    if rows[0].more:
        return _walked(db, visible if each is None else each, sieve, essay, told)
    found = [_waiting(row, sieve) for row in rows if row.id]
    return _line(found, essay.id, ahead=rows[0].ahead or 0, total=rows[0].total or 0)


def _line(found: Sequence[Waiting], essay_id: UUID, *, ahead: int, total: int) -> Line:
    here = next((one for one in found if one.id == essay_id), None)
    before = [one for one in found if (one.place or 0) <= ahead]
    behind = [one for one in found if (one.place or 0) > ahead and one.id != essay_id]
    first = max(1, min(ahead + 1 - BEFORE, total - SHOWN + 1))
    return Line(
        around=[one for one in found if first <= (one.place or 0) < first + SHOWN],
        total=total,
        here=here,
        previous=_free(reversed(before)),
        following=_free([*behind, *before]),
    )


def _free(found: Iterable[Waiting]) -> Waiting | None:
    return next((one for one in found if not one.is_read), None)


def _told(essay: Essay, reader_id: UUID, now: datetime) -> dict[str, object]:
    """What changes from question to question."""
    return {
        "moment": essay.submitted_at or LONG_AGO,
        "essay": essay.id,
        "reader": reader_id,
        "fresh": now - FOR,
        "long_ago": now - LONG,
    }


@lru_cache(REMEMBERED)
def _near(visible: ColumnElement[bool], sieve: Sieve) -> Select[Any]:
    """The first of the queue and those around an essay, each with its place.

    One row in any case, that says whether the queue is a long one. Put together once for
    what somebody may see and wants to see: that costs more than asking it.
    """
    guard, look = whole(visible, sieve)
    before = case((Place().stands_behind(look.c), 1), else_=0)
    queue = (
        select(
            look,
            func.row_number().over(order_by=(look.c.submitted_at, look.c.id)).label("place"),
            func.count().over().label("total"),
            func.coalesce(func.sum(before).over(), 0).label("ahead"),
        )
        .where(seldom(sieve, look.c))
        .subquery()
    )
    near = or_(
        queue.c.place <= REACH,
        queue.c.place.between(queue.c.ahead - SHOWN, queue.c.ahead + SHOWN + 1),
    )
    return (
        select(
            guard.c.more, queue, User.full_name, StudyRound.blind, _is_read(queue.c.id, *_READER)
        )
        .select_from(guard)
        .outerjoin(queue, near)
        .outerjoin(User, User.id == queue.c.author_id)
        .outerjoin(StudyRound, StudyRound.id == queue.c.round_id)
        .order_by(queue.c.place)
    )


@lru_cache(REMEMBERED)
def _ways(each: ColumnElement[bool], sieve: Sieve) -> Select[Any]:
    """The nearest before a place of a long queue and the nearest behind it, put together once."""
    long_ago, here = bindparam("long_ago", type_=UtcDateTime()), Place()
    ways = [
        select(
            walk(each, sieve, long_ago, since=here, back=back).limit(most).subquery(),
            literal(int(back)).label("back"),
        )
        for back, most in ((False, SHOWN), (True, REACH))
    ]
    near = union_all(*ways).subquery()
    return (
        select(near, User.full_name, StudyRound.blind, _is_read(near.c.id, *_READER))
        .join(User, User.id == near.c.author_id)
        .join(StudyRound, StudyRound.id == near.c.round_id)
        .order_by(near.c.submitted_at, near.c.id)
    )


def _walked(
    db: Session, each: ColumnElement[bool], sieve: Sieve, essay: Essay, told: dict[str, object]
) -> Line:
    """The same from a queue that is too long to be counted."""
    ways = _ways(each, sieve)
    rows = db.execute(ways, told).all()
    before = [_waiting(row, sieve) for row in reversed(rows) if row.back]
    behind = [_waiting(row, sieve) for row in rows if not row.back]
    start = [] if _free(behind) else db.execute(ways, {**told, "moment": LONG_AGO}).all()
    others = [_waiting(row, sieve) for row in start if row.id != essay.id]
    itself = _itself(essay, sieve)
    shown = [*before[:BEFORE][::-1], *([itself] if itself else []), *behind]
    return Line(
        around=shown[:SHOWN],
        total=MANY + 1,
        here=itself,
        previous=_free(before),
        following=_free([*behind, *others]),
    )


def _itself(essay: Essay, sieve: Sieve) -> Waiting | None:
    """The essay one is at, where it is of those that wait; the door has seen that one may."""
    if essay.submitted_at is None or essay.state is not sieve.state:
        return None
    name, since = None if is_hidden(essay) else essay.author.full_name, essay.submitted_at
    return Waiting(id=essay.id, name=name, since=since, place=None, is_read=False)


def _is_read(essay_id: ColumnElement[Any], reader_id: Any, fresh: Any) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Reservation.essay_id == essay_id,
            Reservation.reader_id != reader_id,
            Reservation.seen_at > fresh,
        )
        .label("is_read")
    )


def _waiting(row: Row[Any], sieve: Sieve) -> Waiting:
    return Waiting(
        id=row.id,
        name=None if hides(blind=row.blind, state=sieve.state) else row.full_name,
        since=row.submitted_at,
        place=row._mapping.get("place"),
        is_read=bool(row.is_read),
    )
