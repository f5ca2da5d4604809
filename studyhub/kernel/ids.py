"""Names for the identifiers of things, so that one kind is not taken for another."""

from typing import NewType
from uuid import UUID, uuid4

UserId = NewType("UserId", UUID)
UnitId = NewType("UnitId", UUID)
DocumentId = NewType("DocumentId", UUID)
RoundId = NewType("RoundId", UUID)
EssayId = NewType("EssayId", UUID)


def new_uuid() -> UUID:
    """A fresh identifier; it says nothing about when or where it was made."""
    return uuid4()
