"""The rows of a cell's page: each member with what is there and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Appointment
from studyhub.review.models import Decision
from studyhub.rounds.models import Call, StudyRound
from studyhub.study.models import Attendance, Presence, StudySession

NOTHING: tuple[None, None] = (None, None)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One member: marks, post, presence at the first session, and the essay to open."""

    progress: Progress
    post: Post | None
    presence: Presence | None
    essay: Essay | None
    decided_at: datetime | None
    """When it was last accepted or returned."""

    @property
    def group(self) -> str:
        """Under which tab the member stands: done, waiting, missing, exempt or released."""
        if self.progress.summons.call is not Call.REQUIRED:
            return self.progress.summons.call.value
        if self.progress.done:
            return "done"
        return "waiting" if self.progress.essay is EssayMark.SUBMITTED else "missing"

    @property
    def band(self) -> str:
        """The band of the essay, of those who must take part and have one."""
        grade = self.progress.grade
        return grade.value if grade and self.progress.summons.call is Call.REQUIRED else ""


@dataclass(frozen=True)
class Table:
    """The rows of the members, and the sessions of the round in the order of time."""

    rows: list[Row]
    sessions: list[StudySession]


def table(
    db: Session, round_: StudyRound, cell_id: UnitId, members: Sequence[Progress], on: date
) -> Table:
    """One row per member, in the order given; three queries however many they are."""
    posts, essays = _posts(db, cell_id, on), _essays(db, round_, members)
    sessions, presences = _presences(db, round_, members)
    rows = [
        Row(
            progress=progress,
            post=posts.get(progress.summons.user_id),
            presence=presences.get(progress.summons.user_id),
            essay=essays.get(progress.summons.user_id, NOTHING)[0],
            decided_at=essays.get(progress.summons.user_id, NOTHING)[1],
        )
        for progress in members
    ]
    return Table(rows, sessions)


def _posts(db: Session, cell_id: UnitId, on: date) -> Mapping[UUID, Post]:
    held = select(Appointment.user_id, Appointment.post).where(
        Appointment.unit_id == cell_id, Appointment.covers(on)
    )
    return dict(db.execute(held).all())


def _presences(
    db: Session, round_: StudyRound, members: Sequence[Progress]
) -> tuple[list[StudySession], Mapping[UUID, Presence]]:
    """The sessions, and what is recorded last about each member over all of them."""
    ids = [progress.summons.user_id for progress in members]
    found = db.execute(
        select(StudySession, Attendance.user_id, Attendance.presence)
        .outerjoin(
            Attendance,
            (Attendance.session_id == StudySession.id) & Attendance.user_id.in_(ids),
        )
        .where(StudySession.round_id == round_.id)
        .order_by(StudySession.starts_at)
    ).all()
    sessions = list(dict.fromkeys(session for session, _, _ in found))
    return sessions, {user_id: presence for _, user_id, presence in found if user_id}


def _essays(
    db: Session, round_: StudyRound, members: Sequence[Progress]
) -> Mapping[UUID, tuple[Essay, datetime | None]]:
    """The essays handed in, and when each was last decided about; drafts are nobody's business."""
    authors = [progress.summons.user_id for progress in members]
    written = (
        select(Essay, func.max(Decision.decided_at))
        .outerjoin(Essay.versions)
        .outerjoin(Decision, Decision.version_id == Version.id)
        .where(Essay.round_id == round_.id, Essay.author_id.in_(authors), Essay.has_been_handed_in)
        .group_by(Essay.id)
        .options(defer(Essay.draft))
    )
    return {essay.author_id: (essay, moment) for essay, moment in db.execute(written)}
