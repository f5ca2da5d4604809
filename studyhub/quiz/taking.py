"""Taking a quiz: begun once, kept answer by answer, handed in by the person or by the clock."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.jobs.work import Tools
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.quiz import queries
from studyhub.quiz.asking import drawn_for
from studyhub.quiz.models import Attempt, QuestionEdition, Quiz, QuizEdition
from studyhub.quiz.rules import read_places, taken, write_places
from studyhub.quiz.standing import settle
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open

GRACE = timedelta(seconds=20)
"""What comes so late is still taken: it was answered in time, on a slow line."""

AT_ONCE = 200

Answers = Mapping[int, Sequence[int]]
"""The places chosen, as they are shown, by the position of the question."""

TOO_FEW = N_(
    "The bank no longer has enough questions for this quiz. Tell the organization that holds it."
)
TIME_IS_UP = N_("The time is up. What had been saved until then was handed in.")


def begin(db: Session, quiz: Quiz, *, by: Actor, now: datetime) -> Attempt:
    """Draw the questions and start the clock; whoever is at it already goes on with that."""
    _require_on_the_list(db, quiz, by)
    require_open(quiz.round)
    before = queries.attempts_of(db, by.user_id, [quiz.id]).get(quiz.id, [])
    for attempt in before[:1]:
        if attempt.is_running and not close_if_over(db, attempt, now=now):
            return attempt
    _require_window(quiz, now)
    _require_one_more(quiz, before)
    attempt = _drawn(db, quiz, len(before) + 1, by=by, now=now)
    log.record(
        db,
        Deed.QUIZ_BEGUN,
        quiz.id,
        by=by,
        now=now,
        attempt=attempt.number,
        edition=quiz.rules.number,
    )
    return attempt


def may_begin(quiz: Quiz, before: Sequence[Attempt], now: datetime) -> bool:
    """Whether one more attempt can begin; `before`: the person's attempts, the newest first."""
    return quiz.is_open(now) and has_one_more(quiz.rules, before)


def has_one_more(rules: QuizEdition, before: Sequence[Attempt]) -> bool:
    """Whether the rules leave an attempt; who knows that they have passed needs none."""
    if rules.shows_result and any(attempt.passed for attempt in before):
        return False
    return not rules.attempts or len(before) < rules.attempts


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether answers come too late, on the slowest line too."""
    return now > attempt.ends_at + GRACE


def keep(db: Session, attempt: Attempt, answers: Answers, *, at: datetime, now: datetime) -> int:
    """Keep these answers, given `at`; an older one never replaces a newer; how many there are.

    The same answer sent twice changes nothing. Not a deed for the log.
    """
    _require_running(attempt, now)
    _keep(db, attempt, answers, at=min(max(at, attempt.began_at), now))
    return attempt.answered


def hand_in(db: Session, attempt: Attempt, answers: Answers, *, by: Actor, now: datetime) -> None:
    """Hand it in with these last answers; doing it twice changes nothing.

    When the time was up already, what had been saved counts, and nothing else.
    """
    if not attempt.is_running:
        return
    if is_over(attempt, now):
        close(db, attempt, now=now)
        return
    _keep(db, attempt, answers, at=now)
    _hand_in(db, attempt, by=by, now=now, by_time=False)


def close_if_over(db: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Hand in what was saved, if the time is up; whether it was so."""
    if not attempt.is_running or not is_over(attempt, now):
        return False
    close(db, attempt, now=now)
    return True


def close(db: Session, attempt: Attempt, *, now: datetime) -> None:
    """Hand in what was saved until the time was up."""
    if attempt.is_running:
        _hand_in(db, attempt, by=None, now=now, by_time=True)


def score_of(attempt: Attempt) -> int:
    """How many answers are right."""
    return sum(drawn.is_right for drawn in attempt.drawn)


def close_overdue(tools: Tools) -> None:
    """Chore: hand in what nobody did though the time was up, each in a transaction of its own."""
    with tools.reading() as db:
        found = queries.overdue(db, before=tools.now() - GRACE, limit=AT_ONCE)
    for attempt_id in found:
        with tools.writing() as db:
            attempt = db.scalars(
                select(Attempt).where(Attempt.id == attempt_id).with_for_update(of=Attempt)
            ).one()
            close(db, attempt, now=tools.now())


def _hand_in(
    db: Session, attempt: Attempt, *, by: Actor | None, now: datetime, by_time: bool
) -> None:
    score = score_of(attempt)
    passed = score >= attempt.rules.pass_mark
    attempt.handed_in_at = min(now, attempt.ends_at) if by_time else now
    attempt.by_time, attempt.score, attempt.passed = by_time, score, passed
    db.flush()
    log.record(
        db, Deed.QUIZ_HANDED_IN, attempt.quiz_id, by=by, now=now, attempt=str(attempt.id),
        by_time=int(by_time),
    )  # fmt: skip
    if passed:
        settle(db, attempt.quiz.round, user_ids=[attempt.user_id], now=now)


def _keep(db: Session, attempt: Attempt, answers: Answers, *, at: datetime) -> None:
    for drawn in attempt.drawn:
        known = drawn.answered_at
        if drawn.position not in answers or (known is not None and known > at):
            continue
        shown, given = read_places(drawn.shown), answers[drawn.position]
        places = taken(drawn.edition.kind, given, len(shown))
        drawn.answer = write_places(_in_the_bank(drawn.edition, shown, places))
        drawn.answered_at = at
    db.flush()


def _in_the_bank(
    edition: QuestionEdition, shown: Sequence[int], places: Sequence[int]
) -> tuple[int, ...]:
    """The answer by the places of the bank, whatever the order it was shown in."""
    return taken(edition.kind, [shown[place] for place in places], len(shown))


def _require_running(attempt: Attempt, now: datetime) -> None:
    if not attempt.is_running:
        raise Untimely(N_("This attempt has been handed in already."))
    if is_over(attempt, now):
        raise Untimely(TIME_IS_UP)


def _require_on_the_list(db: Session, quiz: Quiz, by: Actor) -> None:
    """Holds the person's own row, so that two windows of one person take turns."""
    db.scalar(select(User.id).where(User.id == by.user_id).with_for_update(key_share=True))
    on_the_list = db.scalar(
        select(Summons.id).where(
            Summons.round_id == quiz.round_id,
            Summons.user_id == by.user_id,
            Summons.call != Call.RELEASED,
        )
    )
    if on_the_list is None:
        raise Forbidden(N_("Only those on the list of the round can take the quiz."))


def _require_window(quiz: Quiz, now: datetime) -> None:
    if now < quiz.opens_at:
        raise Untimely(N_("The quiz has not opened yet."))
    if not quiz.is_open(now):
        raise Untimely(N_("The quiz has closed."))


def _require_one_more(quiz: Quiz, before: Sequence[Attempt]) -> None:
    if not has_one_more(quiz.rules, before):
        raise Untimely(N_("You have no attempt left in this quiz."))


def _drawn(db: Session, quiz: Quiz, number: int, *, by: Actor, now: datetime) -> Attempt:
    rules = quiz.rules
    ends = min(now + timedelta(minutes=rules.minutes), quiz.closes_at)
    attempt = Attempt(
        id=new_uuid(),
        quiz=quiz,
        rules=rules,
        user_id=UserId(by.user_id),
        number=number,
        seed=secrets.token_hex(16),
        began_at=now,
        ends_at=ends if rules.minutes else quiz.closes_at,
        by_time=False,
    )
    attempt.drawn = drawn_for(db, quiz, attempt.seed)
    if len(attempt.drawn) < rules.total:
        raise Untimely(TOO_FEW)
    db.add(attempt)
    db.flush()
    return attempt
