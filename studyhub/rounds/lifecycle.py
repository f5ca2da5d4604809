"""The life of a study round: planned, open, closed. Pure."""

from enum import StrEnum

from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_


class RoundState(StrEnum):
    """Where a round is in its life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class RoundStep(StrEnum):
    """What can be done to a round as a whole."""

    OPEN = "open"
    EXTEND = "extend"
    CLOSE = "close"


LIFE: dict[tuple[RoundState, RoundStep], RoundState] = {
    (RoundState.DRAFT, RoundStep.OPEN): RoundState.OPEN,
    (RoundState.OPEN, RoundStep.EXTEND): RoundState.OPEN,
    (RoundState.OPEN, RoundStep.CLOSE): RoundState.CLOSED,
    (RoundState.CLOSED, RoundStep.EXTEND): RoundState.OPEN,
}


def after(state: RoundState, step: RoundStep) -> RoundState:
    """The state that follows, or `Untimely` when the step is not open."""
    try:
        return LIFE[state, step]
    except KeyError:
        raise Untimely(N_("This study round does not allow that step now.")) from None


def steps_from(state: RoundState) -> frozenset[RoundStep]:
    """What may happen to a round in this state."""
    return frozenset(step for origin, step in LIFE if origin is state)
