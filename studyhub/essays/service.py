"""The deeds of the essays room, under one name."""

from studyhub.essays.drafting import begin, keep_draft, settle_conflict
from studyhub.essays.handing_in import hand_in, note_reading, submit, withdraw

__all__ = [
    "begin",
    "hand_in",
    "keep_draft",
    "note_reading",
    "settle_conflict",
    "submit",
    "withdraw",
]
