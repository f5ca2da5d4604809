"""What somebody has been told."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.notices.models import Notice

MOST = 50


@dataclass(frozen=True)
class Told:
    """The newest notices, and whether there are older ones."""

    notices: Sequence[Notice]
    older: bool


def told_to(db: Session, user_id: UUID, *, most: int = MOST, skip: int = 0) -> Told:
    """What this person has been told, the newest first."""
    rows = db.scalars(
        select(Notice)
        .where(Notice.user_id == user_id)
        .order_by(Notice.at.desc(), Notice.id)
        .offset(skip)
        .limit(most + 1)
    ).all()
    return Told(rows[:most], len(rows) > most)
