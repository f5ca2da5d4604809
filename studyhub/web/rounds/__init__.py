"""Study rounds: planning and following them."""

from studyhub.web.rounds import deadline, extensions, lists, marking, opening, planning, sessions
from studyhub.web.rounds.views import rounds

__all__ = [
    "deadline",
    "extensions",
    "lists",
    "marking",
    "opening",
    "planning",
    "rounds",
    "sessions",
]
