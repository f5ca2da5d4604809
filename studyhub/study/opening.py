"""A round is opened for real: its list is frozen, its figures begin, earlier readings count.

Or it never comes to that, and the draft goes with its sessions.

`rounds.service.open_round` only freezes the list: rounds stand below the
figures and below study, and know neither sessions nor readings.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.completion import service as completion
from studyhub.kernel.actor import Actor
from studyhub.rounds import planning
from studyhub.rounds import service as rounds
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound
from studyhub.rounds.readiness import Gap, NotReady, gaps
from studyhub.rounds.roster import audience_paths, roster
from studyhub.study.models import StudySession
from studyhub.study.reading import count_earlier_readings


def missing(db: Session, round_: StudyRound, *, now: datetime, has_quiz: bool = True) -> list[Gap]:
    """Everything a draft still lacks; empty when it can open.

    Whether there is a quiz is told by those who know: quizzes stand above.
    """
    last = db.scalar(
        select(func.max(StudySession.ends_at)).where(StudySession.round_id == round_.id)
    )
    summoned = len(roster(db, audience_paths(round_), round_.roster_on))
    return gaps(round_, summoned=summoned, last_session_ends=last, now=now, has_quiz=has_quiz)


def open_round(
    db: Session, round_: StudyRound, *, by: Actor, now: datetime, has_quiz: bool = True
) -> int:
    """Open it, or say in one refusal everything that is missing; return how many must take part."""
    is_draft = round_.state is RoundState.DRAFT
    lacking = missing(db, round_, now=now, has_quiz=has_quiz) if is_draft else []
    if lacking:
        raise NotReady(lacking)
    summonses = rounds.open_round(db, round_, by=by, now=now)
    completion.enrol(db, round_, summonses, now=now)
    count_earlier_readings(db, round_, now=now)
    return sum(summons.call is Call.REQUIRED for summons in summonses)


def discard(db: Session, round_: StudyRound, *, by: Actor, now: datetime) -> None:
    """Throw a draft away, with the sessions planned for it."""
    for session in db.scalars(select(StudySession).where(StudySession.round_id == round_.id)):
        db.delete(session)
    planning.discard(db, round_, by=by, now=now)
