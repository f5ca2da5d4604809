"""What stands in a calendar: the sessions of a person's or a unit's rounds, and the deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.calendars.models import Feed
from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UnitId, UserId
from studyhub.org.models import Unit
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study.models import CalledOff, StudySession

KEPT = timedelta(days=90)
"""How long what is over stays in the calendar."""

OWED = (EssayMark.NONE, EssayMark.DRAFT, EssayMark.RETURNED)


class What(StrEnum):
    """The kinds of entries."""

    SESSION = "session"
    CALLED_OFF = "called_off"
    DEADLINE = "deadline"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a calendar; `link` is where one follows online, `round_id` the page."""

    key: UUID
    what: What
    round_id: UUID
    round_title: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""


def standing(db: Session, by: Actor) -> dict[UnitId | None, Feed]:
    """The feeds of this person that stand, by the unit they are of (None: their own)."""
    found = db.scalars(select(Feed).where(Feed.user_id == by.user_id, Feed.voided_at.is_(None)))
    return {feed.unit_id: feed for feed in found}


def units_at(db: Session, paths: Sequence[str]) -> Sequence[Unit]:
    """The units at these places, from the root down."""
    return db.scalars(select(Unit).where(Unit.path.in_(paths)).order_by(Unit.path)).all()


def of_person(db: Session, user_id: UserId, *, now: datetime) -> list[Entry]:
    """The sessions a person is summoned to, and the deadlines of essays they still owe."""
    mine = exists().where(
        Summons.round_id == StudyRound.id,
        Summons.user_id == user_id,
        Summons.call != Call.RELEASED,
    )
    return _in_order([*_meetings(db, mine, now), *_own_deadlines(db, user_id, now)])


def of_unit(db: Session, unit: Unit, *, now: datetime) -> list[Entry]:
    """The sessions of the rounds that summon people of this unit, and their deadlines."""
    theirs = exists().where(
        Summons.round_id == StudyRound.id,
        Summons.cell_path.startswith(unit.path),
        Summons.call != Call.RELEASED,
    )
    return _in_order([*_meetings(db, theirs, now), *_deadlines(db, theirs, now)])


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: (one.starts_at, str(one.key)))


def _meetings(db: Session, whose: ColumnElement[bool], now: datetime) -> list[Entry]:
    """The sessions, and those that were called off: a calendar has to be told of them, too."""
    held = db.scalars(
        select(StudySession)
        .join(StudySession.round)
        .where(whose, _shown(), StudySession.ends_at > now - KEPT)
        .options(contains_eager(StudySession.round))
    )
    gone = db.scalars(
        select(CalledOff)
        .join(CalledOff.round)
        .where(whose, _shown(), CalledOff.ends_at > now - KEPT)
        .options(contains_eager(CalledOff.round))
    )
    return [
        *(_meeting(one, What.SESSION, place=one.place, link=one.link) for one in held),
        *(_meeting(one, What.CALLED_OFF) for one in gone),
    ]


def _meeting(
    one: StudySession | CalledOff, what: What, *, place: str = "", link: str = ""
) -> Entry:
    return Entry(
        key=one.id,
        what=what,
        round_id=one.round_id,
        round_title=one.round.title,
        title=one.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place=place,
        link=link,
    )


def _own_deadlines(db: Session, user_id: UserId, now: datetime) -> list[Entry]:
    """Only of essays still owed: what is done asks for no attention."""
    found = db.scalars(
        select(Summons)
        .join(Progress, Progress.summons_id == Summons.id)
        .join(Summons.round)
        .where(
            Summons.user_id == user_id,
            Summons.call == Call.REQUIRED,
            Progress.essay.in_(OWED),
            _asks_for_essays(),
        )
        .options(contains_eager(Summons.round).joinedload(StudyRound.unit))
    )
    return [_deadline(one.id, one.round, one.deadline) for one in found if one.deadline > now]


def _deadlines(db: Session, whose: ColumnElement[bool], now: datetime) -> list[Entry]:
    found = db.scalars(
        select(StudyRound)
        .where(whose, _asks_for_essays(), StudyRound.closes_at > now - KEPT)
        .options(joinedload(StudyRound.unit))
    )
    return [_deadline(one.id, one, one.closes_at) for one in found]


def _deadline(key: UUID, round_: StudyRound, at: datetime) -> Entry:
    return Entry(
        key=key,
        what=What.DEADLINE,
        round_id=round_.id,
        round_title=round_.title,
        title=round_.title,
        starts_at=at - timedelta(minutes=30),
        ends_at=at,
    )


def _shown() -> ColumnElement[bool]:
    return or_(StudyRound.state == RoundState.OPEN, StudyRound.state == RoundState.CLOSED)


def _asks_for_essays() -> ColumnElement[bool]:
    return and_(StudyRound.state == RoundState.OPEN, StudyRound.asks_for_essay)
