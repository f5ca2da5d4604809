"""The life of a proposal to publish an essay as a good one: every state, every step. Pure.

Nothing is published without its author's consent, and the consent can be taken back for good
or for a while: it is the author's step, open to them at any time once they have been asked.
"""

from enum import StrEnum

from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_


class Progress(StrEnum):
    """How far a proposal is."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    ASKED = "asked"
    REFUSED = "refused"
    AGREED = "agreed"


class Step(StrEnum):
    """What can happen to it: the first three are the committee's and the cell's."""

    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    AGREE = "agree"
    REFUSE = "refuse"


LIFE: dict[tuple[Progress, Step], Progress] = {
    (Progress.PROPOSED, Step.APPROVE): Progress.ASKED,
    (Progress.PROPOSED, Step.DECLINE): Progress.DECLINED,
    (Progress.DECLINED, Step.APPROVE): Progress.ASKED,
    (Progress.ASKED, Step.DECLINE): Progress.DECLINED,
    (Progress.REFUSED, Step.DECLINE): Progress.DECLINED,
    (Progress.AGREED, Step.DECLINE): Progress.DECLINED,
    (Progress.ASKED, Step.AGREE): Progress.AGREED,
    (Progress.REFUSED, Step.AGREE): Progress.AGREED,
    (Progress.AGREED, Step.AGREE): Progress.AGREED,
    (Progress.ASKED, Step.REFUSE): Progress.REFUSED,
    (Progress.AGREED, Step.REFUSE): Progress.REFUSED,
    (Progress.REFUSED, Step.REFUSE): Progress.REFUSED,
}
"""Withdrawn, it is no more: `WITHDRAWABLE` says when that may be."""

WITHDRAWABLE = frozenset({Progress.PROPOSED, Progress.DECLINED})

PUT_TO_AUTHOR = frozenset({Progress.ASKED, Progress.REFUSED, Progress.AGREED})
"""The states of which the author knows; before, nothing has been asked of them."""


def after(state: Progress, step: Step) -> Progress:
    """The state that follows, or `Untimely` when the step is not open."""
    try:
        return LIFE[state, step]
    except KeyError:
        raise Untimely(N_("This proposal does not allow that step now.")) from None


def steps_from(state: Progress) -> frozenset[Step]:
    """What may happen to a proposal in this state."""
    known = {step for origin, step in LIFE if origin is state}
    return frozenset(known | ({Step.WITHDRAW} if state in WITHDRAWABLE else set()))
