"""The append-only log of deeds."""
