"""One study session: its page, check-in, and the code for the screen of a hall."""

from io import BytesIO
from uuid import UUID

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.words import N_
from studyhub.study import check_in as service
from studyhub.study import codes, queries
from studyhub.study.check_in import Answer
from studyhub.study.models import StudySession
from studyhub.web import transaction
from studyhub.web.guard import on, signed_in
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now
from studyhub.web.study import pulse
from studyhub.web.study.forms import CheckInForm
from studyhub.web.study.keys import key_for
from studyhub.web.study.page import prepared
from studyhub.web.study.parts import PARTS

study = Blueprint("study", __name__, url_prefix="/sessions")

REFUSALS = {
    Answer.WRONG: N_("This is not the code. Look at the screen of the session and type it again."),
    Answer.TURN_TO_CHAIR: N_(
        "Too many wrong codes. Turn to the chair or to the leaders of your cell: "
        "they record you at the roll call."
    ),
}


@study.get("/<uuid:session_id>")
@on(StudySession, may=policy.see_session)
def show(session: StudySession) -> ResponseReturnValue:
    """Agenda, link, documents, and check-in."""
    return _page(session, CheckInForm(request.args))


@study.post("/<uuid:session_id>/check-in")
@on(StudySession, may=policy.check_in, holds=False)
def check_in(session: StudySession) -> ResponseReturnValue:
    """Record me as present; a wrong code is counted although the answer is a refusal."""
    form = CheckInForm(request.form)
    if not form.validate():
        return _page(session, form), 422
    code, on_site = form.code.data or "", form.on_site.data
    answer = service.check_in(db(), session, code=code, on_site=on_site, by=actor(), now=now())
    if answer in REFUSALS:
        transaction.keep()
        form.code.errors = [REFUSALS[answer]]
        return _page(session, form), 422
    flash(gettext("You have been recorded."), "ok")
    return redirect(url_for(".show", session_id=session.id))


@study.get("/<uuid:session_id>/code")
@on(StudySession, may=policy.show_code)
def code(session: StudySession) -> ResponseReturnValue:
    """The code, large enough for the last row of a hall."""
    return render_template(
        "study/code.html",
        session=session,
        code=codes.code_at(session, now()),
        seconds=codes.seconds_left(now()),
    )


@study.get("/<uuid:session_id>/code.svg")
@on(StudySession, may=policy.show_code)
def code_drawn(session: StudySession) -> ResponseReturnValue:
    """The code as a QR code: it opens the page to check in, with the code filled in."""
    told = codes.code_at(session, now())
    url = url_for(".arrive", session_id=session.id, code=told, _external=True)
    drawn = BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", scale=8, border=2)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@study.get("/<uuid:session_id>/here")
@signed_in
def arrive(session_id: UUID) -> ResponseReturnValue:
    """Where the QR code on the screen leads: to check in; who is wrong here is told where to go."""
    session = db().get(StudySession, session_id)
    if session and policy.check_in(actor(), session):
        told = request.args.get("code", "")[:8]
        return redirect(url_for(".show", session_id=session.id, code=told, _anchor="check-in"))
    mine = queries.sessions_around(db(), actor().user_id, now())
    return render_template("study/elsewhere.html", sessions=mine)


def _page(session: StudySession, form: CheckInForm) -> str:
    """With the mark of how the session stood before it was looked at: nothing is missed."""
    me, beat = actor().user_id, pulse.beat(db(), session.id, now())
    return render_template(
        "study/show.html",
        page=prepared(session, form),
        parts=PARTS,
        key=key_for(session.id, me, now()),
        mark=pulse.mark_of(beat, me) if beat else "",
    )
