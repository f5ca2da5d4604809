"""Watching enough of a session's recordings makes the session up, where its round says so.

Seen to when somebody watches, and every hour for those who had watched before it counted (the
round asks for it only now, a quiz was passed only now). Credited once: what the leaders of the
cell record after that stands.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from studyhub.jobs.work import Tools
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId
from studyhub.quiz import queries as quiz
from studyhub.recordings import queries
from studyhub.recordings.models import FollowedSession, Recording
from studyhub.recordings.rules import is_followed
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study import making_up
from studyhub.study.models import Attendance, Basis, StudySession
from studyhub.study.rules import PRESENT


def credit_watched(
    db: Session, session: StudySession, user_id: UserId, *, by: Actor, now: datetime
) -> bool:
    """Credit this person if they have followed the session; whether that is new."""
    if not _counts(session, now) or not _lacking(db, session, [user_id]):
        return False
    seen = queries.seen_of(db, session.id, [user_id]).get(user_id, {})
    if not is_followed(queries.parts_of(db, session.id), seen, session.round.watching_share):
        return False
    return _passed_what_is_asked(db, session, user_id) and _credit(
        db, session, user_id, by=by, now=now
    )


def asks_quiz(db: Session, session: StudySession) -> bool:
    """Whether the session has a quiz of its own, which must be passed besides."""
    return any(one.session_id == session.id for one in quiz.of_round(db, session.round_id))


def catch_up(tools: Tools) -> None:
    """Chore: credit those who have followed a session although nothing was played just now."""
    with tools.reading() as db:
        open_ones = (
            select(StudySession.id)
            .join(StudySession.round)
            .where(
                StudyRound.state == RoundState.OPEN,
                StudyRound.watching_counts,
                StudySession.ends_at <= tools.now(),
                StudySession.id.in_(select(Recording.session_id)),
            )
        )
        session_ids = db.scalars(open_ones).all()
    for session_id in session_ids:
        _catch_up_with(tools, session_id)


def _catch_up_with(tools: Tools, session_id: UUID) -> None:
    with tools.reading() as db:
        session = db.get_one(StudySession, session_id)
        share, parts = session.round.watching_share, queries.parts_of(db, session_id)
        followed = [
            user_id
            for user_id, seen in queries.seen_of(db, session_id).items()
            if is_followed(parts, seen, share)
        ]
        lacking = _lacking(db, session, followed) if followed else []
    for user_id in lacking:
        with tools.writing() as db:
            by = _actor(user_id, tools.today())
            session = db.get_one(StudySession, session_id)
            credit_watched(db, session, user_id, by=by, now=tools.now())


def _counts(session: StudySession, now: datetime) -> bool:
    round_ = session.round
    return round_.watching_counts and round_.state is RoundState.OPEN and now >= session.ends_at


def _lacking(db: Session, session: StudySession, user_ids: Collection[UserId]) -> list[UserId]:
    """Those on the list of the round who have neither been there nor been credited before."""
    wanted = (
        select(Summons.user_id, Attendance.presence)
        .outerjoin(
            Attendance,
            and_(Attendance.user_id == Summons.user_id, Attendance.session_id == session.id),
        )
        .outerjoin(
            FollowedSession,
            and_(
                FollowedSession.user_id == Summons.user_id,
                FollowedSession.session_id == session.id,
            ),
        )
        .where(
            Summons.round_id == session.round_id,
            Summons.user_id.in_(user_ids),
            Summons.call != Call.RELEASED,
            FollowedSession.user_id.is_(None),
        )
    )
    return [user_id for user_id, presence in db.execute(wanted) if presence not in PRESENT]


def _passed_what_is_asked(db: Session, session: StudySession, user_id: UserId) -> bool:
    """A session with a quiz of its own is made up only with that quiz."""
    return not asks_quiz(db, session) or quiz.has_passed(
        db, session.round_id, user_id, session_id=session.id
    )


def _credit(
    db: Session, session: StudySession, user_id: UserId, *, by: Actor, now: datetime
) -> bool:
    share = session.round.watching_share
    if not making_up.credit(db, session, user_id, basis=Basis.RECORDING, by=by, now=now):
        return False
    db.add(FollowedSession(session_id=session.id, user_id=user_id, share=share, credited_at=now))
    return True


def _actor(user_id: UserId, today: date) -> Actor:
    return Actor(user_id=user_id, today=today)
