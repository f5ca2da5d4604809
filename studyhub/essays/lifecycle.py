"""The life of an essay: every state, every step, nothing else.

Pure. It knows no database, no clock, no person. Who may take a step is
for `studyhub.access.policy`; when a round is open is for `StudyRound`.
"""

from enum import StrEnum

from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_


class State(StrEnum):
    """Where an essay is in its life."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Step(StrEnum):
    """What can happen to an essay."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    ACCEPT = "accept"
    RECALL = "recall"
    APPEAL = "appeal"


LIFE: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Step.WITHDRAW): State.DRAFT,
    (State.SUBMITTED, Step.RETURN): State.RETURNED,
    (State.SUBMITTED, Step.ACCEPT): State.ACCEPTED,
    (State.RETURNED, Step.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Step.RECALL): State.SUBMITTED,
    (State.ACCEPTED, Step.RECALL): State.SUBMITTED,
    (State.RETURNED, Step.APPEAL): State.SUBMITTED,
    (State.ACCEPTED, Step.APPEAL): State.SUBMITTED,
}

WRITABLE = frozenset({State.DRAFT, State.RETURNED})
"""The states in which the author may still change the text."""

REFUSALS = {
    Step.SUBMIT: N_("This essay has already been handed in."),
    Step.WITHDRAW: N_("Only an essay that is waiting for review can be taken back."),
    Step.RETURN: N_("This essay is not waiting for review."),
    Step.ACCEPT: N_("This essay is not waiting for review."),
    Step.RECALL: N_("There is no decision to be recalled."),
    Step.APPEAL: N_("There is no decision to ask for another reading of."),
}


def after(state: State, step: Step) -> State:
    """The state that follows, or `Untimely` when the step is not open."""
    try:
        return LIFE[state, step]
    except KeyError:
        raise Untimely(REFUSALS[step]) from None


def steps_from(state: State) -> frozenset[Step]:
    """What may happen to an essay in this state."""
    return frozenset(step for origin, step in LIFE if origin is state)
