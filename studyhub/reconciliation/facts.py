"""What the rows themselves say: who attended, who read, where each essay stands.

This is the second telling of what the deeds note in `completion`; the two are
kept apart on purpose, so that one can be checked against the other.
"""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.rules import EssayMark, Marks
from studyhub.essays.models import Essay, Version
from studyhub.library.models import Reading
from studyhub.rounds.models import AttendanceRule, StudyRound, Summons
from studyhub.study.models import Attendance, Presence, StudySession

PRESENT = frozenset({Presence.ON_SITE, Presence.ONLINE, Presence.MADE_UP})


def marks_of(db: Session, round_: StudyRound) -> dict[UUID, Marks]:
    """The marks of everyone on the list, by person, from attendance, readings and essays."""
    attended, read = _attended(db, round_), _read(db, round_)
    essays, late = _essays(db, round_), _late(db, round_)
    return {
        summons.user_id: Marks(
            call=summons.call,
            attended=summons.user_id in attended,
            read=summons.user_id in read,
            essay=essays.get(summons.user_id, EssayMark.NONE),
            late=summons.user_id in late,
        )
        for summons in db.scalars(select(Summons).where(Summons.round_id == round_.id))
    }


def _attended(db: Session, round_: StudyRound) -> set[UUID]:
    sessions = set(db.scalars(select(StudySession.id).where(StudySession.round_id == round_.id)))
    present: dict[UUID, set[UUID]] = defaultdict(set)
    rows = db.execute(
        select(Attendance.user_id, Attendance.session_id)
        .join(StudySession, StudySession.id == Attendance.session_id)
        .where(StudySession.round_id == round_.id, Attendance.presence.in_(PRESENT))
    )
    for user_id, session_id in rows:
        present[user_id].add(session_id)
    needed = len(sessions) if round_.attendance_rule is AttendanceRule.EVERY else 1
    return {user_id for user_id, were_at in present.items() if len(were_at) >= needed}


def _read(db: Session, round_: StudyRound) -> set[UUID]:
    documents = {entry.document_id for entry in round_.documents}
    finished: dict[UUID, set[UUID]] = defaultdict(set)
    rows = db.execute(
        select(Reading.user_id, Reading.document_id).where(
            Reading.document_id.in_(documents), Reading.finished_at.is_not(None)
        )
    )
    for user_id, document_id in rows:
        finished[user_id].add(document_id)
    return {user_id for user_id, done in finished.items() if documents and done >= documents}


def _essays(db: Session, round_: StudyRound) -> dict[UUID, EssayMark]:
    rows = db.execute(
        select(Essay.author_id, Essay.state).where(
            Essay.round_id == round_.id, Essay.draft_revision > 0
        )
    )
    return {author_id: EssayMark(state.value) for author_id, state in rows}


def _late(db: Session, round_: StudyRound) -> set[UUID]:
    """Those whose newest version came after the deadline."""
    rows = db.execute(
        select(Essay.author_id, Version.is_late)
        .join(Version, Version.essay_id == Essay.id)
        .where(Essay.round_id == round_.id)
        .order_by(Version.number)
    )
    newest: dict[UUID, bool] = dict(rows.all())
    return {author_id for author_id, is_late in newest.items() if is_late}
