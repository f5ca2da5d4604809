"""Those who watch: let in anew while the page is open, or led into the meeting elsewhere."""

from flask import flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_
from studyhub.live import bigbluebutton, jitsi, rules
from studyhub.live.models import Source
from studyhub.live.queries import Live, live_of
from studyhub.study.models import StudySession
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.letting_in import let_in
from studyhub.web.live.blueprint import live
from studyhub.web.request import actor, db, me, now, settings

NOT_OPEN = N_("The meeting has not been opened yet. Try again in a moment.")


@live.get("/sessions/<uuid:session_id>/live")
@on(StudySession, may=policy.see_session)
def renew(session: StudySession) -> ResponseReturnValue:
    """How the stream stands, and a fresh pass: asked by the script now and then."""
    found = live_of(db(), session, now())
    let_in(session.id, found)
    return jsonify(on_air=found.comes_in)


@live.get("/sessions/<uuid:session_id>/meeting")
@on(StudySession, may=policy.see_session)
def join(session: StudySession) -> ResponseReturnValue:
    """Into the meeting, under one's own name: the officers as moderators."""
    found = live_of(db(), session, now())
    address = _address(session, found)
    if address:
        return redirect(address)
    flash(gettext(NOT_OPEN), "warn")
    return redirect(url_for("study.show", session_id=session.id))


def _address(session: StudySession, found: Live) -> str:
    user_id, name = str(actor().user_id), me().full_name
    leads = policy.manage_session(actor(), session)
    big, jit = bigbluebutton.server_of(settings()), jitsi.server_of(settings())
    room = found.meeting.room if found.meeting else ""
    if found.source is Source.BIGBLUEBUTTON and big:
        told = big.join(room, user_id=user_id, name=name, is_moderator=leads)
        return told if found.is_open else ""
    if found.source is Source.JITSI and jit:
        if not rules.takes_stream(session, now()):
            raise Untimely(N_("It is not the time of this session."))
        return jit.join(room, user_id=user_id, name=name, is_moderator=leads, now=now())
    raise Untimely(N_("This session is not followed in a conference system."))
