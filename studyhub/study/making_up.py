"""What somebody missed at a session is made up: at a repetition, by the recording, or on paper."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study.attendance import held, settle
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from studyhub.study.repetitions import fall_back
from studyhub.study.rules import PRESENT


def credit(
    db: Session,
    session: StudySession,
    user_id: UserId,
    *,
    basis: Basis,
    by: Actor,
    now: datetime,
    basis_id: UUID | None = None,
) -> bool:
    """Record that this person has made up what they missed; False: there was nothing to make up.

    What was recorded of the first round is kept beside it. `basis` says what it rests on:
    a repetition of the session, its recording, or paper that the leaders vouch for.
    """
    made = credit_many(db, session, [user_id], basis=basis, by=by, now=now, basis_id=basis_id)
    return bool(made)


def credit_many(
    db: Session,
    session: StudySession,
    user_ids: Collection[UserId],
    *,
    basis: Basis,
    by: Actor,
    now: datetime,
    basis_id: UUID | None = None,
) -> list[UserId]:
    """The same for several persons; returns those who had something to make up."""
    require_open(session.round)
    if now < session.ends_at:
        raise Untimely(N_("A session can be made up only after it has ended."))
    _require_on_the_list(db, session, user_ids)
    recorded = held(db, session.id, user_ids)
    lacking = [u for u in user_ids if u not in recorded or recorded[u].presence not in PRESENT]
    for user_id in lacking:
        row = recorded.get(user_id) or Attendance(session_id=session.id, user_id=user_id)
        row.record(Presence.MADE_UP, basis=basis, basis_id=basis_id, by=UserId(by.user_id), now=now)
        db.add(row)
    if lacking:
        _log(db, Deed.MADE_UP, session, lacking, basis, by=by, now=now)
        settle(db, session.round, user_ids=lacking, now=now)
    return lacking


def take_back(
    db: Session, session: StudySession, user_id: UserId, *, by: Actor, now: datetime
) -> None:
    """What was credited by mistake falls back to what was recorded of the first round."""
    require_open(session.round)
    row = held(db, session.id, [user_id]).get(user_id)
    if row is None or row.presence is not Presence.MADE_UP:
        raise Missing(N_("Nothing is recorded as made up here."))
    if row.basis is Basis.SESSION:
        raise Untimely(N_("This follows from the repetition of the session: change its roll."))
    basis = row.basis or Basis.PAPER
    fall_back(db, row, by=UserId(by.user_id), now=now)
    _log(db, Deed.MAKING_UP_TAKEN_BACK, session, [user_id], basis, by=by, now=now)
    settle(db, session.round, user_ids=[user_id], now=now)


def _require_on_the_list(db: Session, session: StudySession, user_ids: Collection[UserId]) -> None:
    listed = db.scalars(
        select(Summons.user_id).where(
            Summons.round_id == session.round_id,
            Summons.user_id.in_(user_ids),
            Summons.call != Call.RELEASED,
        )
    )
    if set(user_ids) - set(listed):
        raise Missing(N_("Somebody here is not on the list of the round."))


def _log(
    db: Session,
    deed: Deed,
    session: StudySession,
    users: list[UserId],
    basis: Basis,
    *,
    by: Actor,
    now: datetime,
) -> None:
    person = str(users[0]) if len(users) == 1 else None
    log.record(
        db, deed, session.id, by=by, now=now, persons=len(users), person=person, basis=basis.value
    )
