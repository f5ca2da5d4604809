"""The law of good essays and their booklet."""

from studyhub.access.policy.essays import judge_essay
from studyhub.access.policy.rounds import take_part
from studyhub.access.reach import FOLLOWERS, holds, is_home, reaches
from studyhub.booklet.models import GoodEssay
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound


def propose_good_essay(actor: Actor, essay: Essay) -> bool:
    """Those who may judge the essay."""
    return judge_essay(actor, essay)


def decide_good_essay(actor: Actor, good: GoodEssay) -> bool:
    """The officers above the cell, never on their own essay."""
    author = good.essay.author_id == actor.user_id
    return not author and holds(actor, (Post.OFFICER,), good.essay.cell.path)


def follow_good_essay(actor: Actor, good: GoodEssay) -> bool:
    """Those who may propose it and those who decide on it; not its author."""
    return decide_good_essay(actor, good) or propose_good_essay(actor, good.essay)


def answer_for_good_essay(actor: Actor, good: GoodEssay) -> bool:
    """Its author alone, once the committee has approved it; they may change their answer."""
    return good.is_put_to_author and good.essay.author_id == actor.user_id


def read_shelf(actor: Actor, round_: StudyRound) -> bool:
    """Those of the organization that holds the round, and those on its list."""
    return take_part(actor, round_) or read_booklet(actor, round_.unit)


def read_booklet(actor: Actor, unit: Unit) -> bool:
    """Those who belong to the organization, lead or follow cells in it, or are set over it."""
    followed = actor.territory(*FOLLOWERS)
    leads = holds(actor, FOLLOWERS, unit.path) or reaches(followed, unit.path)
    return leads or is_home(actor, unit)


def read_good_essay(actor: Actor, good: GoodEssay) -> bool:
    """Those who read the shelf of its round, while its author agrees and its acceptance stands."""
    return good.is_published and read_shelf(actor, good.essay.round)


def see_good_essay(actor: Actor, good: GoodEssay) -> bool:
    """Those who follow it, its author once asked, and its readers once it is published."""
    return (
        follow_good_essay(actor, good)
        or answer_for_good_essay(actor, good)
        or read_good_essay(actor, good)
    )
