"""Whose turn it is: whether this person may judge, and whether there is anything to judge."""

from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import REFUSALS, State, Step
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Forbidden, Untimely
from studyhub.kernel.words import N_
from studyhub.review.models import Decision, Outcome

DECIDED = {
    Outcome.ACCEPT: N_("%(name)s was first: this essay has been accepted."),
    Outcome.RETURN: N_("%(name)s was first: this essay has been returned to be completed."),
}


def expect_judge(essay: Essay, by: Actor) -> None:
    """Nobody judges their own; who else may is for the law."""
    if essay.author_id == by.user_id:
        raise Forbidden(N_("Nobody judges their own essay."))


def expect_waiting(db: Session, version: Version) -> None:
    """Only the version that waits for a decision is judged; else it is said what became of it."""
    decision = db.get(Decision, version.id, populate_existing=True)
    if decision:
        raise _decided(db, decision)
    essay = version.essay
    if essay.state is State.DRAFT:
        raise Untimely(N_("The author has taken this essay back."))
    if essay.state is not State.SUBMITTED:
        raise Untimely(REFUSALS[Step.RETURN])
    if essay.latest is not version:
        raise Untimely(N_("The author has handed in a newer version. Read that one."))


def _decided(db: Session, decision: Decision) -> Conflict:
    reviewer = db.get_one(User, decision.decided_by)
    return Conflict(DECIDED[decision.outcome], name=reviewer.full_name, when=decision.decided_at)
