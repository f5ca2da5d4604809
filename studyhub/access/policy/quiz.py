"""The law of question banks and quizzes."""

from studyhub.access.policy.rounds import manage_round, see_round, take_part
from studyhub.access.reach import holds
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit
from studyhub.quiz.models import Attempt, BankQuestion, Quiz


def keep_bank(actor: Actor, unit: Unit) -> bool:
    """The officers of the unit, and those above: nobody else sees a question with its answer."""
    return holds(actor, (Post.OFFICER,), unit.path)


def change_bank_question(actor: Actor, question: BankQuestion) -> bool:
    """Whoever keeps the bank it stands in."""
    return keep_bank(actor, question.unit)


def see_quiz(actor: Actor, quiz: Quiz) -> bool:
    """Whoever sees the round."""
    return see_round(actor, quiz.round)


def manage_quiz(actor: Actor, quiz: Quiz) -> bool:
    """Whoever manages the round; they also see how questions were answered, never by whom."""
    return manage_round(actor, quiz.round)


def take_quiz(actor: Actor, quiz: Quiz) -> bool:
    """Those on the list of its round."""
    return take_part(actor, quiz.round)


def see_attempt(actor: Actor, attempt: Attempt) -> bool:
    """Nobody but the person whose attempt it is, whatever office others hold."""
    return attempt.user_id == actor.user_id
