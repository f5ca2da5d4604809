"""The law of reading a sample of decided essays again."""

from studyhub.access.reach import READERS, holds
from studyhub.essays.models import Essay
from studyhub.fairness.models import Reread, Sample
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit

REREADERS = (Post.OFFICER, Post.OVERSEER)


def draw_sample(actor: Actor, unit: Unit) -> bool:
    """The officers of the unit, and those above."""
    return holds(actor, (Post.OFFICER,), unit.path)


def see_samples(actor: Actor, unit: Unit) -> bool:
    """The officers and overseers of the unit, and those above."""
    return holds(actor, REREADERS, unit.path)


def see_sample(actor: Actor, sample: Sample) -> bool:
    """The officers and overseers of the unit in which it was drawn, and those above."""
    return see_samples(actor, sample.unit)


def conclude_sample(actor: Actor, sample: Sample) -> bool:
    """The officers of the unit in which it was drawn, and those above."""
    return draw_sample(actor, sample.unit)


def see_reread(actor: Actor, reread: Reread) -> bool:
    """Those who see the sample, but for the author of the essay."""
    return see_sample(actor, reread.sample) and reread.essay.author_id != actor.user_id


def read_again(actor: Actor, reread: Reread) -> bool:
    """Those who see the sample and neither wrote nor judged the essay."""
    return see_reread(actor, reread) and not reread.was_judged_by(actor.user_id)


def see_other_opinion(actor: Actor, essay: Essay) -> bool:
    """Secretary and deputy of its cell, officers and overseers above; never its author."""
    return essay.author_id != actor.user_id and (
        essay.has_been_handed_in and holds(actor, READERS, essay.cell.path)
    )
