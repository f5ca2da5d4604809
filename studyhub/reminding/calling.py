"""Whom StudyHub hardly reaches: the secretary's list to call; and what was sent to a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts.models import User
from studyhub.completion.queries import members_of_cell
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UnitId, UserId
from studyhub.mail.models import Kind, Letter
from studyhub.reminding.lacking import Lack
from studyhub.reminding.models import Reminder, Way
from studyhub.reminding.queries import candidates
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.repetitions import expects
from studyhub.study.rules import PRESENT

SOON = timedelta(days=7)
"""A session within so many days is one to tell people of."""
KEPT = timedelta(days=60)
MOST = 300
SHOWN = (Kind.INVITATION, Kind.RECEIPT, Kind.DECISION, Kind.REMINDER)
"""Of letters about a person's own account (a new password, an address) only they know."""


@dataclass(frozen=True, kw_only=True)
class Callee:
    """Somebody who is better called, and of what."""

    user: User
    lacks: Sequence[Lack]
    told: Reminder | None
    """When they were last told in person, in this round."""

    @property
    def has_no_mail(self) -> bool:
        """Whether no letter reaches them."""
        return not self.user.gets_letters

    @property
    def never_signed_in(self) -> bool:
        """Whether no notice is likely to be read."""
        return self.user.signed_in_at is None


def to_call(
    db: Session, round_: StudyRound, cell_id: UnitId, *, by: Actor, now: datetime
) -> Sequence[Callee]:
    """Those of the cell who have no mail or never signed in, and owe something or meet soon."""
    owing = {one.user.id: one.lacks for one in candidates(db, round_, cell_id, by=by, now=now)}
    meeting = expected_soon(db, round_, cell_id, now=now)
    told = _told(db, round_, cell_id)
    return [
        Callee(
            user=user,
            lacks=[*([Lack.SESSION] if user.id in meeting else []), *owing.get(user.id, [])],
            told=told.get(user.id),
        )
        for user in (row.summons.user for row in members_of_cell(db, round_.id, cell_id))
        if (user.id in owing or user.id in meeting)
        and user.id != by.user_id
        and not (user.gets_letters and user.signed_in_at)
    ]


def next_session(db: Session, round_: StudyRound, *, now: datetime) -> StudySession | None:
    """The session of the round that comes soon."""
    return db.scalars(
        select(StudySession)
        .where(
            StudySession.round_id == round_.id,
            StudySession.starts_at > now,
            StudySession.starts_at <= now + SOON,
        )
        .order_by(StudySession.starts_at)
        .limit(1)
    ).first()


def expected_soon(
    db: Session, round_: StudyRound, cell_id: UnitId, *, now: datetime
) -> set[UserId]:
    """Those of the cell whom the next session asks for."""
    session = next_session(db, round_, now=now)
    if session is None:
        return set()
    present = select(Attendance.user_id).where(
        Attendance.session_id == session.id, Attendance.presence.in_(PRESENT | {Presence.EXCUSED})
    )
    asked = select(Summons.user_id).where(
        Summons.round_id == round_.id,
        Summons.cell_id == cell_id,
        Summons.call == Call.REQUIRED,
        expects(session),
        Summons.user_id.not_in(present),
    )
    return set(db.scalars(asked))


@dataclass(frozen=True)
class Sent:
    """What StudyHub sent to the people of a cell, the latest first; of letters no contents."""

    letters: Sequence[Letter]
    reminders: Sequence[Reminder]
    people: Mapping[UserId, str]


def sent_to(db: Session, round_: StudyRound, cell_id: UnitId, *, now: datetime) -> Sent:
    """Letters of the last weeks, and the reminders of the round. Three queries."""
    rows = db.execute(
        select(User.id, User.full_name)
        .join(Summons, Summons.user_id == User.id)
        .where(Summons.round_id == round_.id, Summons.cell_id == cell_id)
    )
    people = dict(rows.all())
    letters = db.scalars(
        select(Letter)
        .where(
            Letter.user_id.in_(people),
            Letter.kind.in_([kind.value for kind in SHOWN]),
            Letter.made_at > now - KEPT,
        )
        .order_by(Letter.made_at.desc())
        .limit(MOST)
    ).all()
    reminders = db.scalars(
        select(Reminder)
        .where(Reminder.round_id == round_.id, Reminder.user_id.in_(people))
        .options(joinedload(Reminder.maker).load_only(User.full_name))
        .order_by(Reminder.made_at.desc())
        .limit(MOST)
    ).all()
    return Sent(letters, reminders, people)


def _told(db: Session, round_: StudyRound, cell_id: UnitId) -> dict[UUID, Reminder]:
    rows = db.scalars(
        select(Reminder)
        .where(
            Reminder.round_id == round_.id,
            Reminder.cell_id == cell_id,
            Reminder.way == Way.IN_PERSON,
        )
        .order_by(Reminder.made_at)
        .options(joinedload(Reminder.maker).load_only(User.full_name))
    )
    return {row.user_id: row for row in rows}
