"""The deed of changing how an open round judges: only before anybody was judged by it."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_
from studyhub.review.marks import Mark
from studyhub.review.models import Decision
from studyhub.rounds.grading import Grading
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.marking import Marking
from studyhub.rounds.models import StudyRound
from studyhub.rounds.planning import set_marking


def change_rules(
    db: Session,
    round_: StudyRound,
    grading: Grading,
    marking: Marking,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """From now on its essays are judged by these rules; all of them by the same."""
    db.refresh(round_, with_for_update={"of": StudyRound})
    refusal = why_not(db, round_)
    if refusal:
        raise refusal
    set_marking(db, round_, grading, marking)
    db.flush()
    facts = {"grading": grading.value, "blind": marking.blind}
    record(db, Deed.MARKING_CHANGED, round_.id, by=by, now=now, **facts)


def why_not(db: Session, round_: StudyRound) -> Untimely | None:
    """What stands against changing them; None when nothing does."""
    if round_.state is RoundState.CLOSED:
        return Untimely(N_("This study round is closed."))
    if _anybody_judged(db, round_):
        return Untimely(
            N_(
                "Essays of this round have been judged by these rules already. "
                "They stay, so that all are judged alike."
            )
        )
    return None


def _anybody_judged(db: Session, round_: StudyRound) -> bool:
    judged = or_(
        exists().where(Decision.version_id == Version.id),
        exists().where(Mark.version_id == Version.id),
    )
    found = select(Version.id).join(Version.essay).where(Essay.round_id == round_.id, judged)
    return db.scalar(found.limit(1)) is not None
