"""The queue: which essays wait, in which turn, and how little of it has to be looked at.

A queue may hold a hundred thousand essays; a page shows twenty. So nobody counts it to
the end. A first look takes no more than `MANY` of it through the index on the cell: where
that is all, everything about the queue is read from it. Where there are more, the index in
turn of handing in is walked from the place one stands at; among so many the next one is near.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.database import UtcDateTime
from studyhub.review.blind import hides
from studyhub.rounds.models import StudyRound
from studyhub.similarity.models import SharedPassage

MANY = 1000
"""So many are counted; beyond it is said that there are more."""

WINDOW = 2000
"""In a queue of more than `MANY`, a seldom kind is looked for among so many at a time."""

LONG = timedelta(days=7)
"""Whoever has waited so long has waited long."""

WORTH_A_LOOK = 150
"""Characters of a passage that also stands in another essay."""


class Show(StrEnum):
    """What is wanted of the queue."""

    WAITING = "waiting"
    LONG = "long"
    LATE = "late"
    SIMILAR = "similar"
    MINE = "mine"
    RETURNED = "returned"


@dataclass(frozen=True)
class Sieve:
    """What of the queue is wanted: it stands in the address, and every step keeps it."""

    show: Show = Show.WAITING
    round_id: UUID | None = None
    cell_id: UUID | None = None

    @property
    def words(self) -> dict[str, Any]:
        """As it stands in the address; nothing where nothing was chosen."""
        told: Mapping[str, object] = {
            "show": self.show.value if self.show is not Show.WAITING else None,
            "round": self.round_id,
            "cell": self.cell_id,
        }
        return {name: str(value) for name, value in told.items() if value}

    @property
    def state(self) -> State:
        """In which state they are."""
        return State.RETURNED if self.show is Show.RETURNED else State.SUBMITTED

    @property
    def is_seldom(self) -> bool:
        """Whether it lets few through: then one looks only so far."""
        return self.show in {Show.LATE, Show.SIMILAR}

    def but(self, **changes: Any) -> "Sieve":
        """The same with something else chosen."""
        return replace(self, **changes)


class Place:
    """A place in the queue, told by the parameters `moment` and `essay`."""

    def stands_before(self, table: Any) -> ColumnElement[bool]:
        """Rows behind this place."""
        behind: ColumnElement[bool] = _turn(table) > self._told()
        return behind

    def stands_behind(self, table: Any) -> ColumnElement[bool]:
        """Rows ahead of this place."""
        ahead: ColumnElement[bool] = _turn(table) < self._told()
        return ahead

    def _told(self) -> Any:
        return tuple_(bindparam("moment", type_=UtcDateTime()), bindparam("essay", type_=Uuid()))


@dataclass(frozen=True)
class Turn(Place):
    """A place in the queue: by the moment of handing in, then by id."""

    moment: datetime
    essay_id: UUID

    def _told(self) -> Any:
        return tuple_(literal(self.moment, UtcDateTime()), literal(self.essay_id, Uuid()))


def _turn(table: Any) -> Any:
    return tuple_(table.submitted_at, table.id)


def in_line(visible: ColumnElement[bool], sieve: Sieve, now: datetime) -> ColumnElement[bool]:
    """The essays one may judge and wants to see, but for what is seldom."""
    return _in_line(visible, sieve, now - LONG)


def _in_line(visible: ColumnElement[bool], sieve: Sieve, long_ago: Any) -> ColumnElement[bool]:
    wanted = [Essay.state == sieve.state, visible, *_chosen(sieve)]
    if sieve.show is Show.LONG:
        wanted.append(Essay.submitted_at <= long_ago)
    return and_(*wanted)


def first_look(visible: ColumnElement[bool], sieve: Sieve, now: datetime) -> CTE:
    """So many of the queue that one knows whether it is long; in no order."""
    return _look(in_line(visible, sieve, now)).limit(MANY + 1).cte("first_look")


def whole(visible: ColumnElement[bool], sieve: Sieve) -> tuple[CTE, CTE]:
    """Whether the queue is a long one (`more`), and all of it in no order if it is not.

    Who waits for long is told by the parameter `long_ago`.
    """
    long_ago = bindparam("long_ago", type_=UtcDateTime())
    wanted = _in_line(visible, sieve, long_ago)
    behind = select(literal(1)).where(wanted).limit(1).offset(MANY)
    guard = select(behind.scalar_subquery().label("more")).cte("guard")
    is_short = select(guard.c.more).scalar_subquery().is_(None)
    return guard, _look(wanted).where(is_short).limit(MANY + 1).cte("whole")


def _look(wanted: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Essay.id, Essay.author_id, Essay.submitted_at, Essay.round_id, Essay.cell_id,
    )  # fmt: skip
    return select(*columns).where(wanted)


def walk(
    visible: ColumnElement[bool],
    sieve: Sieve,
    long_ago: Any,
    *,
    since: Place | None,
    back: bool = False,
) -> Select[Any]:
    """The ids of a long queue from a place on, in turn, or back; its length costs nothing.

    Only for a queue that is long: where one's own are few among many of others, the next is far.
    What one may see is told so that no database takes another way than the turn.
    """
    mine = case((and_(visible, *_chosen(sieve)), 1), else_=0) == 1
    columns: tuple[Any, ...] = (Essay.id, Essay.author_id, Essay.submitted_at, Essay.round_id)
    steps: Select[Any] = select(*columns).where(Essay.state == sieve.state, mine)
    if since:
        steps = steps.where(since.stands_behind(Essay) if back else since.stands_before(Essay))
    if sieve.show is Show.LONG:
        steps = steps.where(Essay.submitted_at <= long_ago)
    steps = steps.order_by(*(_backwards() if back else (Essay.submitted_at, Essay.id)))
    if not sieve.is_seldom:
        return steps
    near = steps.limit(WINDOW).subquery()
    turn = (near.c.submitted_at.desc(), near.c.id.desc()) if back else (near.c[2], near.c.id)
    return select(near).where(seldom(sieve, near.c)).order_by(*turn)


def seldom(sieve: Sieve, table: Any) -> ColumnElement[bool]:
    """What the sieve asks of a version besides: late, or also standing elsewhere."""
    version = and_(Version.essay_id == table.id, Version.submitted_at == table.submitted_at)
    if sieve.show is Show.LATE:
        return exists().where(version, Version.is_late)
    if sieve.show is Show.SIMILAR:
        return exists().where(
            version,
            SharedPassage.version_id == Version.id,
            SharedPassage.source_version_id.is_not(None),
            SharedPassage.end - SharedPassage.start >= WORTH_A_LOOK,
        )
    return literal(value=True)


def _chosen(sieve: Sieve) -> list[ColumnElement[bool]]:
    columns: dict[InstrumentedAttribute[Any], UUID | None] = {
        Essay.round_id: sieve.round_id,
        Essay.cell_id: sieve.cell_id,
    }
    wanted = [column == chosen for column, chosen in columns.items() if chosen]
    if sieve.cell_id and hides(blind=True, state=sieve.state):
        # the cell would tell whose it is
        wanted.append(Essay.round_id.not_in(select(StudyRound.id).where(StudyRound.blind)))
    return wanted


def _backwards() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return Essay.submitted_at.desc(), Essay.id.desc()
