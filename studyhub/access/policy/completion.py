"""The law of figures and reminders."""

from studyhub.access.reach import (
    FOLLOWERS,
    holds,
)
from studyhub.kernel.actor import Actor
from studyhub.org.models import Unit


def follow_unit(actor: Actor, unit: Unit) -> bool:
    """Those who lead the unit or follow it from above."""
    return holds(actor, FOLLOWERS, unit.path)


def remind_in(actor: Actor, unit: Unit) -> bool:
    """Those who follow a cell may remind its members; judging is for others."""
    return follow_unit(actor, unit)
