"""Notes and marked passages of a reader."""

from studyhub.web.notes import changing, listing, marking
from studyhub.web.notes.blueprint import notes

__all__ = ["changing", "listing", "marking", "notes"]
