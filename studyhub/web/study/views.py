"""One study session: its page, check-in, and the code for the screen of a hall."""

from io import BytesIO
from uuid import UUID

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, StringField
from wtforms.validators import InputRequired

from studyhub.access import policy
from studyhub.kernel.words import N_
from studyhub.rounds import queries as rounds
from studyhub.study import check_in as service
from studyhub.study import codes, queries
from studyhub.study.check_in import Answer
from studyhub.study.models import StudySession
from studyhub.web import transaction
from studyhub.web.guard import on, signed_in
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now
from studyhub.web.study.agenda import told

study = Blueprint("study", __name__, url_prefix="/sessions")

REFUSALS = {
    Answer.WRONG: N_("This is not the code. Look at the screen of the session and type it again."),
    Answer.TURN_TO_CHAIR: N_(
        "Too many wrong codes. Turn to the chair or to the leaders of your cell: "
        "they record you at the roll call."
    ),
}


class CheckInForm(Form):
    """The code on the screen, and where one sits."""

    code = StringField(N_("Code of 4 digits"), [InputRequired(N_("Type the code."))])
    on_site = BooleanField(N_("I am in the hall"))


@study.get("/<uuid:session_id>")
@on(StudySession, may=policy.see_session)
def show(session: StudySession) -> ResponseReturnValue:
    """Agenda, link, documents, and check-in."""
    return _page(session, CheckInForm(request.args))


@study.post("/<uuid:session_id>/check-in")
@on(StudySession, may=policy.check_in)
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
    me, documents = actor().user_id, rounds.documents_of(db(), session.round_id)
    progress = queries.my_round(db(), session.round_id, me)
    asked = progress is not None and session.takes_check_in(now())
    return render_template(
        "study/show.html",
        session=session,
        round=session.round,
        agenda=told(session, now()),
        form=form,
        progress=progress,
        attendance=queries.attendance_of(db(), session, me),
        turn_to_chair=asked and service.must_turn_to_chair(db(), session, actor()),
        documents=documents,
        readings=queries.readings(db(), me, [document.id for document in documents]),
    )
