"""A member checks in with the code that the chair shows, while the window is open."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study import codes
from studyhub.study.attendance import settle
from studyhub.study.models import Attendance, Basis, Presence, StudySession, WrongCode

TRIES = 5
"""So many wrong codes, and the person is asked to turn to the chair."""


class Answer(StrEnum):
    """What became of a check-in. Returned, not raised: the count of wrong codes must be kept."""

    RECORDED = "recorded"
    ALREADY = "already"
    WRONG = "wrong"
    TURN_TO_CHAIR = "turn_to_chair"


def check_in(
    db: Session, session: StudySession, *, code: str, on_site: bool, by: Actor, now: datetime
) -> Answer:
    """Record the person as present, once; repeating it keeps the first time.

    What the roll call says stands, except “absent”: who was called absent may
    still come in, and who was given leave may come all the same. Outside the window
    nobody can check in.
    """
    _require_on_the_list(db, session, by)
    require_open(session.round)
    _require_window(session, now)
    attendance = _attendance(db, session, by)
    if attendance and not _may_still_come(attendance):
        return Answer.ALREADY
    refused = _refusal(db, session, code, by, now)
    if refused:
        return refused
    _record(db, session, attendance, on_site=on_site, by=by, now=now)
    return Answer.RECORDED


def _may_still_come(attendance: Attendance) -> bool:
    has_leave = attendance.presence is Presence.EXCUSED and attendance.basis is Basis.REQUEST
    return attendance.presence is Presence.ABSENT or has_leave


def must_turn_to_chair(db: Session, session: StudySession, by: Actor) -> bool:
    """Whether the person has typed too many wrong codes to check in alone."""
    wrong = db.get(WrongCode, (session.id, by.user_id))
    return wrong is not None and wrong.tries >= TRIES


def _require_on_the_list(db: Session, session: StudySession, by: Actor) -> None:
    """Holds the person's own row, so that two windows of one person take turns."""
    db.scalar(select(User.id).where(User.id == by.user_id).with_for_update(key_share=True))
    on_the_list = db.scalar(
        select(Summons.id).where(
            Summons.round_id == session.round_id,
            Summons.user_id == by.user_id,
            Summons.call != Call.RELEASED,
        )
    )
    if on_the_list is None:
        raise Forbidden(N_("Only those on the list of the round can check in."))


def _require_window(session: StudySession, now: datetime) -> None:
    if now < session.check_in_opens_at:
        raise Untimely(N_("Check-in has not opened yet."))
    if now > session.check_in_closes_at:
        raise Untimely(N_("Check-in has closed. The leaders of your cell can still record you."))


def _attendance(db: Session, session: StudySession, by: Actor) -> Attendance | None:
    return db.get(Attendance, (session.id, by.user_id), populate_existing=True)


def _refusal(
    db: Session, session: StudySession, code: str, by: Actor, now: datetime
) -> Answer | None:
    """Whether the code is refused; a wrong one is counted."""
    wrong = db.get(WrongCode, (session.id, by.user_id), populate_existing=True)
    if wrong and wrong.tries >= TRIES:
        return Answer.TURN_TO_CHAIR
    if codes.is_taken(session, code, now):
        return None
    if wrong is None:
        wrong = WrongCode(session_id=session.id, user_id=UserId(by.user_id), tries=0)
        db.add(wrong)
    wrong.tries += 1
    return Answer.TURN_TO_CHAIR if wrong.tries >= TRIES else Answer.WRONG


def _record(
    db: Session,
    session: StudySession,
    attendance: Attendance | None,
    *,
    on_site: bool,
    by: Actor,
    now: datetime,
) -> None:
    user_id = UserId(by.user_id)
    if attendance is None:
        attendance = Attendance(session_id=session.id, user_id=user_id)
        db.add(attendance)
    attendance.record(Presence.ON_SITE if on_site else Presence.ONLINE, by=user_id, now=now)
    attendance.late = session.is_late(now)
    log.record(db, Deed.CHECKED_IN, session.id, by=by, now=now, presence=attendance.presence.value)
    settle(db, session.round, user_ids=[user_id], now=now)
