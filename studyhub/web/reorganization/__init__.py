"""Merging, consolidating, splitting, renaming, moving and dissolving units: shown, then done."""

from studyhub.web.reorganization import deciding, ending, showing
from studyhub.web.reorganization.blueprint import reorganization

__all__ = ["deciding", "ending", "reorganization", "showing"]
