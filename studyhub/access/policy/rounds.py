"""The law of study rounds and sessions."""

from studyhub.access.reach import (
    FOLLOWERS,
    LEADERS,
    follows_audience,
    holds,
)
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit
from studyhub.recordings.models import Recording
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


def watch_recording(actor: Actor, recording: Recording) -> bool:
    """Whoever sees the session, once it can be watched; whoever manages the session, always."""
    return manage_recording(actor, recording) or (
        recording.is_ready and see_session(actor, recording.session)
    )


def manage_recording(actor: Actor, recording: Recording) -> bool:
    """Whoever manages the session."""
    return manage_session(actor, recording.session)


def see_roll(actor: Actor, session: StudySession) -> bool:
    """Those who follow some unit; they see the cells they follow and no others."""
    return see_session(actor, session) and actor.holds(*FOLLOWERS)


def call_roll(actor: Actor, unit: Unit) -> bool:
    """The leaders of the cell, and officers above."""
    return holds(actor, (*LEADERS, Post.OFFICER), unit.path)


def ask_reporter(actor: Actor, session: StudySession) -> bool:
    """Those on the list of its round."""
    return take_part(actor, session.round)


def moderate_questions(actor: Actor, session: StudySession) -> bool:
    """Those who manage the session, and who was named to moderate its questions."""
    is_named = session.moderator_id == actor.user_id and see_session(actor, session)
    return is_named or manage_session(actor, session)


def see_inquiry(actor: Actor, inquiry: Inquiry) -> bool:
    """Who asked, and those who answer; all others read it once it is published."""
    return withdraw_inquiry(actor, inquiry) or answer_inquiry(actor, inquiry)


def answer_inquiry(actor: Actor, inquiry: Inquiry) -> bool:
    """Those who moderate the questions of its session; without a session, who manage the round."""
    if inquiry.session is None:
        return manage_round(actor, inquiry.round)
    return moderate_questions(actor, inquiry.session)


def withdraw_inquiry(actor: Actor, inquiry: Inquiry) -> bool:
    """Who asked it."""
    return inquiry.asker_id == actor.user_id
