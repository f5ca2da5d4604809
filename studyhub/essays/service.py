"""The deeds of the essays room, under one name."""

from studyhub.essays.drafting import begin, keep_draft, settle_conflict
from studyhub.essays.handing_in import (
    as_it_would_be,
    hand_in,
    make_ready,
    note_reading,
    submit,
    withdraw,
)

__all__ = [
    "as_it_would_be",
    "begin",
    "hand_in",
    "keep_draft",
    "make_ready",
    "note_reading",
    "settle_conflict",
    "submit",
    "withdraw",
]
