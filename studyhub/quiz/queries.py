"""Questions about quizzes: whose, open when, passed by whom. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from studyhub.kernel.ids import RoundId
from studyhub.quiz.models import Attempt, Drawn, Quiz
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession


def has_passed(
    db: Session, round_id: RoundId, user_id: UUID, *, session_id: UUID | None = None
) -> bool:
    """Whether the person has passed every quiz of the round (of the session, where one is given).

    Where there is none, nothing has been passed.
    """
    asked = Quiz.round_id == round_id
    if session_id is not None:
        asked = and_(asked, Quiz.session_id == session_id)
    told = db.execute(select(Quiz.id, _passed_by(user_id)).where(asked)).all()
    return bool(told) and all(passed for _, passed in told)


def has_any(db: Session, round_id: RoundId) -> bool:
    """Whether the round has a quiz."""
    return db.scalar(select(Quiz.id).where(Quiz.round_id == round_id).limit(1)) is not None


def is_open_in(db: Session, round_id: RoundId, now: datetime) -> bool:
    """Whether a quiz of the round can be taken at this moment."""
    open_now = select(Quiz.id).where(
        Quiz.round_id == round_id, Quiz.opens_at <= now, Quiz.closes_at > now
    )
    return db.scalar(open_now.limit(1)) is not None


def of_round(db: Session, round_id: RoundId) -> Sequence[Quiz]:
    """The quizzes of a round in the order of time, with their rules."""
    found = (
        select(Quiz)
        .where(Quiz.round_id == round_id)
        .options(joinedload(Quiz.editions))
        .order_by(Quiz.opens_at, Quiz.title)
    )
    return db.scalars(found).unique().all()


def on_page_of(db: Session, session: StudySession) -> list[Quiz]:
    """What the page of a session shows: its own quizzes, and those of the whole round."""
    found = of_round(db, session.round_id)
    return [quiz for quiz in found if quiz.session_id in {None, session.id}]


def sign_of(db: Session, session: StudySession, now: datetime) -> str:
    """A few words that change whenever what is seen of them on the session's page does."""
    told = db.execute(
        select(Quiz.id, Quiz.title, Quiz.opens_at, Quiz.closes_at)
        .where(Quiz.round_id == session.round_id)
        .order_by(Quiz.id)
    ).all()
    return " ".join(
        f"{id_} {title} {opens} {closes} {opens <= now} {closes <= now}"
        for id_, title, opens, closes in told
    )


def of_rounds(db: Session, round_ids: Collection[UUID]) -> Mapping[UUID, list[Quiz]]:
    """The quizzes of several rounds, the first to close first."""
    found: dict[UUID, list[Quiz]] = {}
    rows = select(Quiz).where(Quiz.round_id.in_(round_ids)).order_by(Quiz.closes_at, Quiz.title)
    for quiz in db.scalars(rows) if round_ids else ():
        found.setdefault(quiz.round_id, []).append(quiz)
    return found


def attempts_of(
    db: Session, user_id: UUID, quiz_ids: Collection[UUID]
) -> Mapping[UUID, list[Attempt]]:
    """The person's attempts by quiz, the newest first, with the rules each was begun under."""
    found: dict[UUID, list[Attempt]] = {}
    rows = (
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.quiz_id.in_(quiz_ids))
        .options(joinedload(Attempt.rules))
        .order_by(Attempt.number.desc())
    )
    for attempt in db.scalars(rows) if quiz_ids else ():
        found.setdefault(attempt.quiz_id, []).append(attempt)
    return found


def with_questions(db: Session, attempt: Attempt) -> Attempt:
    """The attempt with all that its page shows, in two queries."""
    return db.scalars(
        select(Attempt)
        .join(Attempt.quiz)
        .join(Quiz.round)
        .where(Attempt.id == attempt.id)
        .options(
            contains_eager(Attempt.quiz).contains_eager(Quiz.round),
            joinedload(Attempt.rules),
            selectinload(Attempt.drawn).joinedload(Drawn.edition),
        )
        .execution_options(populate_existing=True)
    ).one()


def was_begun(db: Session, quiz: Quiz) -> bool:
    """Whether somebody has begun it."""
    return db.scalar(select(Attempt.id).where(Attempt.quiz_id == quiz.id).limit(1)) is not None


def overdue(db: Session, *, before: datetime, limit: int) -> Sequence[UUID]:
    """Attempts that nobody handed in though their time was up before this moment, or whose
    round has been closed."""
    late = (Attempt.ends_at < before) | (StudyRound.state == RoundState.CLOSED)
    return db.scalars(
        select(Attempt.id)
        .join(Attempt.quiz)
        .join(Quiz.round)
        .where(Attempt.handed_in_at.is_(None), late)
        .order_by(Attempt.ends_at)
        .limit(limit)
    ).all()


def _passed_by(user_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        Attempt.quiz_id == Quiz.id, Attempt.user_id == user_id, Attempt.passed.is_(True)
    )
