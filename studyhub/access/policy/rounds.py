"""The law of study rounds and sessions."""

from studyhub.access.reach import (
    FOLLOWERS,
    LEADERS,
    follows_audience,
    holds,
)
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession


def see_round(actor: Actor, round_: StudyRound) -> bool:
    """Those on its list, who plan it, who follow its audience, or lead a cell of guests on it."""
    return (
        round_.id in actor.summoned_to
        or manage_round(actor, round_)
        or (round_.opened_at is not None and follows_audience(actor, round_))
    )


def manage_round(actor: Actor, round_: StudyRound) -> bool:
    """The officers of the unit that holds it, and those above."""
    return holds(actor, (Post.OFFICER,), round_.unit.path)


def take_part(actor: Actor, round_: StudyRound) -> bool:
    """Those on its list."""
    return round_.id in actor.summoned_to


def see_session(actor: Actor, session: StudySession) -> bool:
    """Whoever sees the round."""
    return see_round(actor, session.round)


def manage_session(actor: Actor, session: StudySession) -> bool:
    """Whoever manages the round."""
    return manage_round(actor, session.round)


def check_in(actor: Actor, session: StudySession) -> bool:
    """Those on the list of its round."""
    return take_part(actor, session.round)


def show_code(actor: Actor, session: StudySession) -> bool:
    """Those who manage the session, and the leaders of a cell: a chair shows it on a screen."""
    return see_session(actor, session) and (manage_session(actor, session) or actor.holds(*LEADERS))


def see_roll(actor: Actor, session: StudySession) -> bool:
    """Those who follow some unit; they see the cells they follow and no others."""
    return see_session(actor, session) and actor.holds(*FOLLOWERS)


def call_roll(actor: Actor, unit: Unit) -> bool:
    """The leaders of the cell, and officers above."""
    return holds(actor, (*LEADERS, Post.OFFICER), unit.path)
