"""A list sorted out: who is recorded by it, what is doubtful, who is left out and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from studyhub.lists.models import AttendanceList, ListLine, ListState
from studyhub.lists.taking import counts, is_short
from studyhub.rounds.models import Summons
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.rules import PRESENT


@dataclass(frozen=True)
class Sorted:
    """The lines of a list; `people` has the summons of everybody a line may mean."""

    recorded: Sequence[ListLine]
    """Would be recorded, or was."""
    present: Sequence[ListLine]
    """Recorded as present already: nothing to do."""
    doubtful: Sequence[ListLine]
    short: Sequence[ListLine]
    people: Mapping[str, Summons]


def sorted_out(db: Session, brought: AttendanceList) -> Sorted:
    """Each line stands in one place; three queries."""
    people = _people(db, brought)
    there = _present(db, brought)
    waits = brought.state is ListState.WAITING
    sorts: dict[str, list[ListLine]] = {"recorded": [], "present": [], "doubtful": [], "short": []}
    for line in brought.lines:
        if is_short(brought, line):
            where = "short"
        elif not counts(brought, line) or (waits and not line.is_sure):
            where = "doubtful"
        elif line.changed or (waits and line.user_id not in there):
            where = "recorded"
        else:
            where = "present"
        sorts[where].append(line)
    return Sorted(**sorts, people=people)


def brought_for(
    db: Session, session: StudySession, *, visible: ColumnElement[bool]
) -> Sequence[AttendanceList]:
    """The lists brought for a session, the latest first."""
    return db.scalars(
        select(AttendanceList)
        .where(AttendanceList.session_id == session.id, visible)
        .options(joinedload(AttendanceList.bringer))
        .order_by(AttendanceList.brought_at.desc())
    ).all()


def _people(db: Session, brought: AttendanceList) -> Mapping[str, Summons]:
    ids = {UUID(one) for line in brought.lines for one in line.candidates}
    ids |= {line.user_id for line in brought.lines if line.user_id}
    rows = db.scalars(
        select(Summons)
        .where(Summons.round_id == brought.session.round_id, Summons.user_id.in_(ids))
        .options(joinedload(Summons.user), joinedload(Summons.cell))
    )
    return {str(row.user_id): row for row in rows}


def _present(db: Session, brought: AttendanceList) -> Mapping[UUID, Presence]:
    rows = db.execute(
        select(Attendance.user_id, Attendance.presence).where(
            Attendance.session_id == brought.session_id, Attendance.presence.in_(PRESENT)
        )
    )
    return dict(rows.all())
