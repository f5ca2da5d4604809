"""What a dated act about a person changes in open rounds: told before, and done with the act.

The list of an open round stays as it was frozen. With the act, whoever manages a round
may change there how the person is called; this says in figures what that would be, and
why some rounds stay as they are. It stands above completion, whose figures it tells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.kernel.actor import Actor
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.rounds.roster import SUSPENDED
from studyhub.study import calling

LONGEST = 1000
BACK_TO_DUTY = "Hết thời hạn miễn, đình chỉ sinh hoạt"
"""The reason on the list of a round that asks somebody again; kept there in these words."""


class Act(StrEnum):
    """What is done about a person."""

    EXEMPT = "exempt"
    SUSPEND = "suspend"
    LEAVE = "leave"
    RETURN = "return"
    """The end of an exemption or suspension."""
    RECOGNISE = "recognise"


class Stays(StrEnum):
    """Why a round stays as it is, whatever is chosen."""

    NOT_MANAGED = "not_managed"
    RELEASED = "released"
    ALREADY = "already"
    OVER = "over"
    """Its deadline comes before the act takes effect."""
    NOT_YET = "not_yet"
    """The exemption ends before the round opened."""


CALLS = {
    Act.EXEMPT: Call.EXEMPT,
    Act.SUSPEND: Call.EXEMPT,
    Act.LEAVE: Call.RELEASED,
    Act.RETURN: Call.REQUIRED,
}
DEEDS: dict[Call, Callable[..., None]] = {
    Call.EXEMPT: calling.exempt,
    Call.RELEASED: calling.release,
    Call.REQUIRED: calling.require,
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """An act with the days it holds: from the first, perhaps to a last."""

    act: Act
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Touch:
    """An open round that has the person on its list, and what may be changed there.

    `call`: how the person would be called; None: the round stays, `stays` says why.
    `was_so`: on the day of its list the act was in force already.
    """

    summons: Summons
    required: int
    call: Call | None
    stays: Stays | None
    was_so: bool

    @property
    def after(self) -> int:
        """How many of the cell must take part once the call is changed."""
        gained = (self.call is Call.REQUIRED) - (self.summons.call is Call.REQUIRED)
        return self.required + gained if self.call else self.required


@dataclass(frozen=True)
class Touched:
    """The open rounds the person is on; `elsewhere`: how many one may not see."""

    rounds: Sequence[Touch]
    elsewhere: int = 0

    def __bool__(self) -> bool:
        return bool(self.rounds or self.elsewhere)

    @property
    def still_required(self) -> list[StudyRound]:
        """The rounds that still ask the person to take part."""
        return [t.summons.round for t in self.rounds if t.summons.call is Call.REQUIRED]


def touched(
    db: Session,
    person: User,
    step: Step,
    *,
    visible: ColumnElement[bool],
    manages: Callable[[StudyRound], bool],
    zone: tzinfo,
) -> Touched:
    """The open rounds the person is on, the nearest deadline first: one query."""
    shown = case((visible, 1), else_=0)
    rows = db.execute(
        select(Summons, Tally.required, shown)
        .join(Summons.round)
        .outerjoin(
            Tally, and_(Tally.round_id == Summons.round_id, Tally.unit_id == Summons.cell_id)
        )
        .where(Summons.user_id == person.id, StudyRound.state == RoundState.OPEN)
        .options(contains_eager(Summons.round), joinedload(Summons.cell))
        .order_by(StudyRound.closes_at, StudyRound.id)
    ).all()
    found = [
        _touch(summons, required or 0, step, manages=manages, zone=zone)
        for summons, required, seen in rows
        if seen
    ]
    return Touched(found, len(rows) - len(found))


def change(
    db: Session, touch: Touch, *, reason: str, basis: str = "", by: Actor, now: datetime
) -> None:
    """Call the person in that round as the act would have it, for the reason of the act."""
    if touch.call is not None:
        said = f"{reason} ({basis})" if basis else reason
        DEEDS[touch.call](db, touch.summons, reason=said[:LONGEST], by=by, now=now)


def reason_of(act: Act, reason: str) -> str:
    """The reason as it stands on a list: a suspension is named as such, as on a new list."""
    return f"{SUSPENDED}: {reason}" if act is Act.SUSPEND else reason


def _touch(
    summons: Summons,
    required: int,
    step: Step,
    *,
    manages: Callable[[StudyRound], bool],
    zone: tzinfo,
) -> Touch:
    call = CALLS.get(step.act)
    stays = _stays(summons, call, step, zone) if call else None
    if call and stays is None and not manages(summons.round):
        stays = Stays.NOT_MANAGED
    return Touch(
        summons=summons,
        required=required,
        call=None if stays else call,
        stays=stays,
        was_so=step.holds(summons.round.roster_on),
    )


def _stays(summons: Summons, call: Call, step: Step, zone: tzinfo) -> Stays | None:
    round_ = summons.round
    if summons.call is Call.RELEASED:
        return Stays.RELEASED
    if summons.call is call:
        return Stays.ALREADY
    if step.since > round_.last_moment.astimezone(zone).date():
        return Stays.OVER
    opened = round_.opened_at.astimezone(zone).date() if round_.opened_at else round_.roster_on
    if step.until is not None and step.until < opened:
        return Stays.NOT_YET
    return None
