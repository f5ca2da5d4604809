"""Chore: in the morning StudyHub itself reminds those who still owe something.

A week, three days and a day before a person's own deadline, and on the day
before a session; never outside the day's hours, never twice on one day, and
never of what is done. Who owes something in several rounds is told once, of
what comes first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.completion.models import Progress
from studyhub.jobs.work import Tools
from studyhub.kernel.ids import UserId
from studyhub.quiz.queries import is_open_in
from studyhub.reminding.lacking import Lack, lacks
from studyhub.reminding.models import Reminder, Way
from studyhub.reminding.telling import tell as tell_person
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, Requirement, StudyRound, Summons
from studyhub.study.models import StudySession

DAYS_BEFORE = (7, 3, 1)
FROM, UNTIL = time(8), time(20)
"""Nobody is disturbed before or after."""

AT_ONCE = 200
"""So many persons in one transaction: nobody waits long for the line of writers."""


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What one person owes in one round, and the day by which."""

    by: date
    summons: Summons
    lacks: Sequence[Lack]


def remind(tools: Tools) -> None:
    """Remind everybody whose day it is; asked every hour, each is told once."""
    moment = tools.now().astimezone(tools.zone)
    if not FROM <= moment.time() < UNTIL:
        return
    with tools.reading() as db:
        duties = due(db, now=moment, zone=tools.zone)
    for start in range(0, len(duties), AT_ONCE):
        with tools.writing() as db:
            tell(db, duties[start : start + AT_ONCE], now=tools.now(), today=moment.date())


def due(db: Session, *, now: datetime, zone: ZoneInfo) -> list[Duty]:
    """One duty for each person to be told today, what comes first; nobody told today already."""
    today = now.astimezone(zone).date()
    found: dict[UserId, Duty] = {}
    for round_ in _rounds(db):
        for duty in _of_round(db, round_, now=now, zone=zone):
            known = found.get(duty.summons.user_id)
            if known is None or duty.by < known.by:
                found[duty.summons.user_id] = duty
    told = _told(db, today)
    return [duty for user_id, duty in found.items() if user_id not in told]


def tell(db: Session, duties: Sequence[Duty], *, now: datetime, today: date) -> None:
    """Remind these persons, unless somebody else did so a moment ago."""
    told = _told(db, today)
    left = [duty for duty in duties if duty.summons.user_id not in told]
    for duty in left:
        made = _reminder(duty, now=now, today=today)
        db.add(made)
        tell_person(db, made, by=None, now=now)
    if left:
        record(db, Deed.REMINDED, None, by=None, now=now, persons=len(left))


def _rounds(db: Session) -> Sequence[StudyRound]:
    open_ones = select(StudyRound).where(StudyRound.state == RoundState.OPEN, StudyRound.reminds)
    return db.scalars(open_ones.order_by(StudyRound.closes_at)).all()


def _of_round(db: Session, round_: StudyRound, *, now: datetime, zone: ZoneInfo) -> Iterator[Duty]:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    sessions = _sessions(db, round_)
    over = any(one.ends_at < now for one in sessions)
    quiz_open = round_.asks_for_quiz and is_open_in(db, round_.id, now)
    meets = any(one.starts_at.astimezone(zone).date() == tomorrow for one in sessions)
    for progress in _owing(db, round_, now):
        summons = progress.summons
        owed = lacks(progress.marks, round_.requirements, session_over=over, quiz_open=quiz_open)
        if meets and Requirement.ATTEND in round_.requirements and not progress.attended:
            yield Duty(by=tomorrow, summons=summons, lacks=[Lack.SESSION, *owed])
        elif owed and _is_due(summons, now=now, zone=zone):
            by = summons.deadline.astimezone(zone).date()
            yield Duty(by=by, summons=summons, lacks=owed)


def _is_due(summons: Summons, *, now: datetime, zone: ZoneInfo) -> bool:
    left = summons.deadline.astimezone(zone).date() - now.astimezone(zone).date()
    return left.days in DAYS_BEFORE


def _sessions(db: Session, round_: StudyRound) -> Sequence[StudySession]:
    return db.scalars(select(StudySession).where(StudySession.round_id == round_.id)).all()


def _owing(db: Session, round_: StudyRound, now: datetime) -> Sequence[Progress]:
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .join(Summons.user)
        .where(
            Summons.round_id == round_.id,
            Summons.call == Call.REQUIRED,
            ~Progress.done,
            or_(User.closed_at.is_(None), User.closed_at > now),
        )
        .options(contains_eager(Progress.summons))
        .order_by(Progress.summons_id)
    ).all()


def _told(db: Session, today: date) -> set[UserId]:
    told = select(Reminder.user_id).where(Reminder.day == today, Reminder.way == Way.NOTICE)
    return set(db.scalars(told))


def _reminder(duty: Duty, *, now: datetime, today: date) -> Reminder:
    return Reminder(
        round_id=duty.summons.round_id,
        user_id=UserId(duty.summons.user_id),
        cell_id=duty.summons.cell_id,
        way=Way.NOTICE,
        lacks=",".join(duty.lacks),
        day=today,
        made_by=None,
        made_at=now,
    )
