"""Bridge points: an officer plans them, whoever is in charge marks who sits there."""

from studyhub.web.bridges import marking, planning
from studyhub.web.bridges.blueprint import bridges

__all__ = ["bridges", "marking", "planning"]
