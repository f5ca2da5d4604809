"""Blind marking: when it is hidden whose essay it is, and what it is called meanwhile. Pure.

In a round that is judged blind, whoever may judge an essay sees a code instead of its author,
the cell and everything else that tells who it is, from the first look until the decision
stands; after it the name. An essay that waits again (handed in anew, another reading asked
for) is hidden again. Who judges is for `access.policy.judge_blind`; everything that shows
essays asks there, or here where all that it shows are the reader's to judge.
"""

from hashlib import blake2b
from uuid import UUID

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.receipts import LETTERS

DECIDED = frozenset({State.RETURNED, State.ACCEPTED})
"""The states in which a decision stands."""

LONG = 5
"""Letters of a code: among 2,500 essays hardly two are called alike."""


def hides(*, blind: bool, state: State) -> bool:
    """Whether those who judge may not know whose an essay of such a round is."""
    return blind and state not in DECIDED


def is_hidden(essay: Essay) -> bool:
    """The same of one essay."""
    return hides(blind=essay.round.blind, state=essay.state)


def code(essay_id: UUID) -> str:
    """What it is called meanwhile, as long as it lives.

    Made from its id, which is random and belongs to one round: nothing about its author is in it.
    """
    made = blake2b(essay_id.bytes, digest_size=LONG, person=b"blind").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in made)
