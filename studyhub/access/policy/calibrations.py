"""The law of judging alike."""

from studyhub.access.policy.rounds import manage_round
from studyhub.calibration.models import Calibration, Stage
from studyhub.kernel.actor import Actor
from studyhub.rounds.models import StudyRound


def set_up_calibration(actor: Actor, round_: StudyRound) -> bool:
    """The officers of the unit that holds the round, and those above."""
    return manage_round(actor, round_)


def manage_calibration(actor: Actor, calibration: Calibration) -> bool:
    """Whoever manages the round; they do not judge."""
    return manage_round(actor, calibration.round)


def take_part_in_calibration(actor: Actor, calibration: Calibration) -> bool:
    """The invited, once it has begun."""
    begun = calibration.stage is not Stage.DRAFT
    return begun and calibration.seat_of(actor.user_id) is not None


def see_calibration(actor: Actor, calibration: Calibration) -> bool:
    """Those who manage it and those invited; each sees others' judgements after giving all."""
    return manage_calibration(actor, calibration) or take_part_in_calibration(actor, calibration)
