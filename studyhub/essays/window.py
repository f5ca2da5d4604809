"""When an essay may be begun, handed in and taken back: what round, person and clock allow.

A person or a cell may have been given more time (`rounds.extensions`). An
essay that was returned may be handed in again as long as the round is open,
deadline or not, or within the days the round gives for it, and counts as late only
if it was late the first time: nobody is late because the cell read slowly.
"""

from datetime import datetime

from studyhub.essays.models import Essay, Version
from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound, Summons


def returned_version(essay: Essay) -> Version | None:
    """The version that was last read and sent back, of an essay its author holds or may take back.

    A version that has been read cannot be taken back, so whatever was read
    and is not waiting or accepted was returned.
    """
    read = [version for version in essay.versions if version.reading_began_at]
    return read[-1] if read else None


def can_hand_in(essay: Essay, now: datetime) -> bool:
    """Whether round and clock take it now; its state is for the lifecycle."""
    if returned_version(essay):
        return essay.round.state is RoundState.OPEN and not is_rewriting_over(essay, now)
    return (essay.summons or essay.round).takes_essays(now)


def is_rewriting_over(essay: Essay, now: datetime) -> bool:
    """Whether the days the round gives for completing an essay have passed, or there are none."""
    return essay.rewrite_until is not None and now > essay.rewrite_until


def would_be_late(essay: Essay, now: datetime) -> bool:
    """Whether it would be marked as late if it were handed in now."""
    before = returned_version(essay)
    return before.is_late if before else now > essay.deadline


def expect_open(summons: Summons, now: datetime) -> None:
    """Refuse when nothing of this person is taken now."""
    if not summons.takes_essays(now):
        raise closed(summons.round)


def expect_can_hand_in(essay: Essay, now: datetime) -> None:
    """Refuse, with the reason, when nothing of this author is taken now."""
    if can_hand_in(essay, now):
        return
    if essay.round.state is RoundState.OPEN and is_rewriting_over(essay, now):
        raise Untimely(N_("The time to complete this essay has passed."))
    raise closed(essay.round)


def closed(round_: StudyRound) -> Untimely:
    """The refusal of a round that takes no more essays, or none yet."""
    if round_.state is RoundState.OPEN:
        return Untimely(N_("The deadline has passed. This study round takes no more essays."))
    if round_.state is RoundState.CLOSED:
        return Untimely(N_("This study round is closed and takes no more essays."))
    return Untimely(N_("This study round has not been opened yet."))
