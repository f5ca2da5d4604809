"""The officer opens and ends the meeting elsewhere, and takes over who was there."""

from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_
from studyhub.live import bigbluebutton, meetings
from studyhub.live.bigbluebutton import Gone, Server
from studyhub.live.models import Meeting
from studyhub.study.models import StudySession
from studyhub.web import transaction
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext
from studyhub.web.live.blueprint import live
from studyhub.web.live.forms import MinutesForm, SourceForm
from studyhub.web.live.source import back, page
from studyhub.web.request import actor, db, now, settings


@live.post("/sessions/<uuid:session_id>/meeting/open")
@on(StudySession, may=policy.manage_session)
def open_meeting(session: StudySession) -> ResponseReturnValue:
    """Open the room: asked of the conference system first, noted after."""
    server, room, session_id = _server(), _room(session), session.id
    title = session.title
    there = url_for("study.show", session_id=session.id, _external=True)
    with transaction.set_aside():
        server.create(room, title=title, back=there)
    session = _again(session_id)
    meetings.open_(db(), session, by=actor(), now=now())
    flash(gettext("The meeting is open."), "ok")
    return back(session)


@live.post("/sessions/<uuid:session_id>/meeting/end")
@on(StudySession, may=policy.manage_session)
def end_meeting(session: StudySession) -> ResponseReturnValue:
    """End it for all; who is in it is looked up a last time."""
    server, room, session_id = _server(), _room(session), session.id
    with transaction.set_aside():
        try:
            present = server.present(room)
        except Gone:
            present = frozenset()
        server.end(room)
    session = _again(session_id)
    meetings.see(db(), session_id, present, now=now())
    meetings.end(db(), session, by=actor(), now=now())
    flash(gettext("The meeting has ended for all."), "ok")
    return back(session)


@live.post("/sessions/<uuid:session_id>/meeting/attendance")
@on(StudySession, may=policy.manage_session)
def take_attendance(session: StudySession) -> ResponseReturnValue:
    """Record those who were there long enough."""
    minutes = MinutesForm(request.form)
    if not minutes.validate():
        return page(session, SourceForm(data={"link": session.link}), minutes), 422
    count = meetings.take_attendance(
        db(), session, minutes=minutes.minutes.data or 0, by=actor(), now=now()
    )
    flash(
        ngettext(
            "%(num)d person is recorded as present online.",
            "%(num)d persons are recorded as present online.",
            count,
        ),
        "ok",
    )
    return back(session)


@live.post("/sessions/<uuid:session_id>/meeting/recording")
@on(StudySession, may=policy.manage_session)
def take_recording(session: StudySession) -> ResponseReturnValue:
    """The address of what the conference system recorded becomes that of the recording."""
    server, room, session_id = _server(), _room(session), session.id
    with transaction.set_aside():
        try:
            found = server.recordings(room)
        except Gone:
            found = []
    session = _again(session_id)
    if found:
        meetings.take_recording(db(), session, found[0], by=actor(), now=now())
        flash(gettext("The recording of the meeting is the recording of the session now."), "ok")
    else:
        flash(gettext("There is no recording yet. It may take an hour after the end."), "warn")
    return back(session)


def _server() -> Server:
    server = bigbluebutton.server_of(settings())
    if server is None:
        raise Untimely(N_("This session is not followed in a conference system."))
    return server


def _room(session: StudySession) -> str:
    meeting = db().get(Meeting, session.id)
    if meeting is None:
        raise Untimely(N_("This session is not followed in a conference system."))
    return meeting.room


def _again(session_id: UUID) -> StudySession:
    """The session, held anew: it was given back while the network was waited for."""
    return db().get_one(StudySession, session_id, with_for_update=True)
