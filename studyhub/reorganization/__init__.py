"""Merging, consolidating, splitting, renaming, moving and dissolving units, with their history."""
