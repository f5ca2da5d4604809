"""The law of writing, reading and judging essays."""

from studyhub.access.reach import (
    JUDGES,
    READERS,
    holds,
)
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit
from studyhub.papers.pile_models import Pile
from studyhub.review import blind, in_place
from studyhub.review.models import Substitution


def read_essay(actor: Actor, essay: Essay) -> bool:
    """The author always; those set over the cell once it has been handed in."""
    return _wrote(actor, essay) or (
        essay.has_been_handed_in and holds(actor, READERS, essay.cell.path)
    )


def write_essay(actor: Actor, essay: Essay) -> bool:
    """Nobody but the author, whatever office they hold."""
    return _wrote(actor, essay)


def judge_essay(actor: Actor, essay: Essay) -> bool:
    """Secretary or deputy of the cell; for a leader's essay also the committee above.

    The committee, too, where nobody else in the cell could mark it, and an officer who stands in
    for the absent secretary with a stated reason. Nobody judges their own.
    """
    return not _wrote(actor, essay) and (
        _judges_by_post(actor, essay) or in_place.stands_in(actor, essay)
    )


def mark_essay(actor: Actor, essay: Essay) -> bool:
    """Those who may judge it and have not marked it yet: each mark is another person's."""
    return judge_essay(actor, essay) and not essay.has_been_marked_by(actor.user_id)


def judge_blind(actor: Actor, essay: Essay) -> bool:
    """Those who may judge it, where its round is judged blind, until the decision stands.

    They see a code instead of the author; all others who may read it see the name.
    """
    return blind.is_hidden(essay) and judge_essay(actor, essay)


def substitute(actor: Actor, unit: Unit) -> bool:
    """The officers above the cell who do not lead it: for a time, with a stated reason."""
    return holds(actor, (Post.OFFICER,), unit.path) and not holds(actor, JUDGES, unit.path)


def substitute_on(actor: Actor, essay: Essay) -> bool:
    """The officers above its cell once it has been handed in, where they may not judge it anyway.

    One essay, with a stated reason.
    """
    return (
        not _wrote(actor, essay)
        and essay.has_been_handed_in
        and substitute(actor, essay.cell)
        and not _judges_by_post(actor, essay)
    )


def see_substitutions(actor: Actor, unit: Unit) -> bool:
    """Secretary and deputy of the cell, and the officers above."""
    return holds(actor, (*JUDGES, Post.OFFICER), unit.path)


def end_substitution(actor: Actor, substitution: Substitution) -> bool:
    """The officers above the cell, and its secretary and deputy as soon as they are back."""
    return see_substitutions(actor, substitution.cell)


def judge_in(actor: Actor, unit: Unit) -> bool:
    """Secretary or deputy of the cell."""
    return holds(actor, JUDGES, unit.path)


def share_out(actor: Actor, unit: Unit) -> bool:
    """Secretary or deputy of the cell, and the officers above. It moves no right to judge."""
    return holds(actor, (*JUDGES, Post.OFFICER), unit.path)


def share_phrases(actor: Actor, unit: Unit) -> bool:
    """The officers of the unit, and those above."""
    return holds(actor, (Post.OFFICER,), unit.path)


def hand_in_on_behalf(actor: Actor, unit: Unit) -> bool:
    """Secretary or deputy of the cell, for its members who have no device."""
    return holds(actor, JUDGES, unit.path)


def type_on_behalf(actor: Actor, transcript: Transcript) -> bool:
    """Secretary or deputy of the member's cell; what the member wrote themselves stays closed.

    Nobody for themselves.
    """
    return not _wrote(actor, transcript.essay) and (
        holds(actor, JUDGES, transcript.essay.cell.path)
    )


def sort_pile(actor: Actor, pile: Pile) -> bool:
    """Secretary or deputy of the cell whose papers it holds."""
    return holds(actor, JUDGES, pile.cell.path)


def _judges_by_post(actor: Actor, essay: Essay) -> bool:
    goes_up = essay.author_leads or essay.needs_above
    return holds(actor, JUDGES, essay.cell.path) or (
        goes_up and holds(actor, (Post.OFFICER,), essay.cell.path)
    )


def _wrote(actor: Actor, essay: Essay) -> bool:
    return essay.author_id == actor.user_id
