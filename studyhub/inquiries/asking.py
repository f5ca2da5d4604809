"""A member asks the reporter of a topic, or of the session; and may withdraw it while it waits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.inquiries.lifecycle import State, Step, after
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.rounds.lifecycle import RoundState
from studyhub.study.models import StudySession

LONGEST = 2000
"""Characters of a question, or of an answer times ten."""

MOST_WAITING = 10
"""Questions of one person at one session that wait for an answer."""


def takes_questions(session: StudySession, now: datetime) -> bool:
    """Whether one can ask now: from the opening of check-in until the round is closed."""
    begins = min(session.check_in_opens_at, session.starts_at)
    return session.round.state is RoundState.OPEN and now >= begins


def ask(
    db: Session,
    session: StudySession,
    text: str,
    *,
    identity: UUID,
    topic: str = "",
    without_name: bool = False,
    by: Actor,
    now: datetime,
) -> Inquiry:
    """Put a question; sent twice under one identity, it is one question."""
    _hold(db, by)
    known = db.get(Inquiry, identity)
    if known:
        return _the_same(known, by)
    _require_fit(session, text, topic, now)
    _require_few(db, session, by)
    asked = Inquiry(
        id=identity,
        round_id=session.round_id,
        session=session,
        topic=topic,
        asker_id=UserId(by.user_id),
        without_name=without_name,
        text=text.strip(),
        asked_at=now,
        changed_at=now,
    )
    db.add(asked)
    log.record(db, Deed.INQUIRY_ASKED, asked.id, by=by, now=now, session=str(session.id))
    return asked


def withdraw(db: Session, inquiry: Inquiry, *, by: Actor, now: datetime) -> None:
    """Take one's own question back while nobody has answered it."""
    inquiry.state, inquiry.changed_at = after(inquiry.state, Step.WITHDRAW), now
    log.record(db, Deed.INQUIRY_WITHDRAWN, inquiry.id, by=by, now=now)


def _hold(db: Session, by: Actor) -> None:
    """Two windows of one person take turns."""
    db.scalar(select(User.id).where(User.id == by.user_id).with_for_update(key_share=True))


def _the_same(known: Inquiry, by: Actor) -> Inquiry:
    if known.asker_id != by.user_id:
        raise Conflict(N_("Send the question again."))
    return known


def _require_fit(session: StudySession, text: str, topic: str, now: datetime) -> None:
    if not takes_questions(session, now):
        raise Untimely(
            N_("Questions are taken from the beginning of the session until the round is closed.")
        )
    if not text.strip():
        raise Unfit(N_("Write your question."), about="text")
    if len(text) > LONGEST:
        raise Unfit(N_("A question has at most 2,000 characters."), about="text")
    if topic and topic not in {item.title for item in session.agenda}:
        raise Unfit(N_("The agenda has changed. Choose the topic again."), about="topic")


def _require_few(db: Session, session: StudySession, by: Actor) -> None:
    waiting = select(func.count()).where(
        Inquiry.session_id == session.id,
        Inquiry.asker_id == by.user_id,
        Inquiry.state == State.WAITING,
    )
    if (db.scalar(waiting) or 0) >= MOST_WAITING:
        raise Untimely(
            N_("Ten questions of yours wait for an answer. Ask again when some are answered.")
        )
