"""The life of a question to a reporter: every state, every step, nothing else. Pure."""

from enum import StrEnum

from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_


class State(StrEnum):
    """Where a question stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    """There is an answer, for the asker alone."""
    PUBLISHED = "published"
    """Question and answer are for all who see the session, and stand in the round's document."""
    MERGED = "merged"
    """It is answered with another one that asks the same."""
    HIDDEN = "hidden"
    """It is not taken up in public; the asker has been told why."""
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done with it."""

    ANSWER = "answer"
    PUBLISH = "publish"
    TAKE_BACK = "take_back"
    """An answer that was published is for the asker alone again."""
    MERGE = "merge"
    PART = "part"
    HIDE = "hide"
    SHOW = "show"
    WITHDRAW = "withdraw"


LIFE: dict[tuple[State, Step], State] = {
    (State.WAITING, Step.ANSWER): State.ANSWERED,
    (State.WAITING, Step.MERGE): State.MERGED,
    (State.WAITING, Step.HIDE): State.HIDDEN,
    (State.WAITING, Step.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Step.ANSWER): State.ANSWERED,
    (State.ANSWERED, Step.PUBLISH): State.PUBLISHED,
    (State.ANSWERED, Step.HIDE): State.HIDDEN,
    (State.PUBLISHED, Step.ANSWER): State.PUBLISHED,
    (State.PUBLISHED, Step.TAKE_BACK): State.ANSWERED,
    (State.MERGED, Step.PART): State.WAITING,
    (State.HIDDEN, Step.SHOW): State.WAITING,
}


def after(state: State, step: Step) -> State:
    """The state that follows, or `Untimely` when the step is not open."""
    try:
        return LIFE[state, step]
    except KeyError:
        raise Untimely(N_("The question has changed meanwhile. Look at it again.")) from None


def steps_from(state: State) -> frozenset[Step]:
    """What may be done with a question in this state."""
    return frozenset(step for origin, step in LIFE if origin is state)
