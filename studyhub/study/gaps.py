"""Who missed a session and has not made it up (danh sách học bù), cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.org.models import Unit
from studyhub.study import rolls
from studyhub.study.models import Presence, StudySession
from studyhub.study.rolls import Line
from studyhub.study.rules import PRESENT


@dataclass(frozen=True)
class Gap:
    """Those of a cell who have still to make it up, and those who have since."""

    missing: Sequence[Line]
    made_up: Sequence[Line]

    def one(self, user_id: object) -> Line | None:
        """The line of this person, if they are among those missing."""
        return next((line for line in self.missing if line.summons.user_id == user_id), None)


def gap_of(db: Session, session: StudySession, unit: Unit) -> Gap:
    """The gap of the cell (of all cells of a unit), by name. Nobody exempt owes anything."""
    lines = rolls.roll(db, session, unit).required
    return Gap(
        missing=[line for line in lines if line.presence not in PRESENT],
        made_up=[line for line in lines if line.presence is Presence.MADE_UP],
    )


def repetitions_of(db: Session, session: StudySession) -> Sequence[StudySession]:
    """The sessions planned for those who missed this one, in order of time."""
    return db.scalars(
        select(StudySession)
        .where(StudySession.made_up_of_id == session.id)
        .order_by(StudySession.starts_at, StudySession.id)
    ).all()
