"""Chore: who is in the meetings that are open. Asked of the conference system, once a minute."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from studyhub.jobs.work import Tools
from studyhub.kernel.errors import Untimely
from studyhub.live import bigbluebutton, meetings
from studyhub.live.bigbluebutton import Gone, Server
from studyhub.live.models import Meeting, SessionSource, Source
from studyhub.live.rules import LATE
from studyhub.study.models import StudySession


def look_in(tools: Tools) -> None:
    """Note who is there; a meeting that is gone has ended. One that does not answer waits."""
    server = bigbluebutton.server_of(tools.settings)
    if server is None:
        return
    for session_id, room in _open(tools):
        _look_into(tools, server, session_id, room, tools.now())


def _open(tools: Tools) -> list[tuple[UUID, str]]:
    with tools.reading() as db:
        rows = db.execute(
            select(Meeting.session_id, Meeting.room)
            .join(SessionSource, SessionSource.session_id == Meeting.session_id)
            .join(StudySession, StudySession.id == Meeting.session_id)
            .where(
                SessionSource.source == Source.BIGBLUEBUTTON,
                Meeting.opened_at.is_not(None),
                Meeting.ended_at.is_(None),
                StudySession.ends_at > tools.now() - LATE,
            )
        )
        return [(session_id, room) for session_id, room in rows]


def _look_into(tools: Tools, server: Server, session_id: UUID, room: str, now: datetime) -> None:
    try:
        present = server.present(room)
    except Untimely:
        return
    except Gone:
        with tools.writing() as db:
            meetings.end(db, db.get_one(StudySession, session_id), by=None, now=now)
        return
    with tools.writing() as db:
        meetings.see(db, session_id, present, now=now)
