"""What the parts of a session's page depend on, in words short enough to compare."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.inquiries import queries as inquiries
from studyhub.inquiries.asking import takes_questions
from studyhub.study.models import Attendance, StudySession
from studyhub.web.study.phase import phase


def of_phase(_db: Session, session: StudySession, now: datetime) -> str:
    """Before, live or over; and whether the round is open."""
    return f"{phase(session, now)} {session.round.state}"


def of_links(db: Session, session: StudySession, now: datetime) -> str:
    """Where one is led to, and when."""
    return f"{of_phase(db, session, now)} {session.link} {session.recording_link}"


def of_check_in(_db: Session, session: StudySession, now: datetime) -> str:
    """Whether check-in has opened or closed, and until when."""
    opens, closes = session.check_in_opens_at, session.check_in_closes_at
    return f"{session.round.state} {opens} {closes} {now >= opens} {now > closes}"


def attendance(db: Session, session: StudySession) -> Mapping[UUID, str]:
    """How each person is recorded."""
    rows = db.execute(
        select(Attendance.user_id, Attendance.presence, Attendance.recorded_at).where(
            Attendance.session_id == session.id
        )
    )
    return {user_id: f"{presence} {at}" for user_id, presence, at in rows}


def of_asking(_db: Session, session: StudySession, now: datetime) -> str:
    """Whether questions are taken, and about what."""
    return f"{takes_questions(session, now)} {[item.title for item in session.agenda]}"


def asked(db: Session, session: StudySession) -> Mapping[UUID, str]:
    """When anything last happened to a person's own questions."""
    return {user_id: str(at) for user_id, at in inquiries.changes(db, session.id).items()}
