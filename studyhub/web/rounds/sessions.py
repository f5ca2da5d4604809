"""The sessions of a round: add, change, remove."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.recordings import changing as recordings
from studyhub.rounds.models import StudyRound
from studyhub.study import sessions as service
from studyhub.study.models import StudySession
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now, zone
from studyhub.web.rounds.session_form import SessionForm, filled
from studyhub.web.rounds.views import rounds


@rounds.get("/<uuid:round_id>/sessions/new")
@on(StudyRound, may=policy.manage_round)
def new_session(round_: StudyRound) -> ResponseReturnValue:
    """A fresh form."""
    return render_template("rounds/session.html", round=round_, session=None, form=SessionForm())


@rounds.post("/<uuid:round_id>/sessions/new")
@on(StudyRound, may=policy.manage_round)
def add_session(round_: StudyRound) -> ResponseReturnValue:
    """Add it."""
    form = SessionForm(request.form)
    if form.validate():
        with refusals(form):
            service.add(db(), round_, form.plan(zone()), by=actor(), now=now())
    if form.errors:
        return render_template("rounds/session.html", round=round_, session=None, form=form), 422
    flash(gettext("The session has been added."), "ok")
    return redirect(url_for(".show", round_id=round_.id, _anchor="sessions"))


@rounds.get("/sessions/<uuid:session_id>")
@on(StudySession, may=policy.manage_session)
def edit_session(session: StudySession) -> ResponseReturnValue:
    """The form with the session in it."""
    form = SessionForm(data=filled(session, zone()))
    return render_template("rounds/session.html", round=session.round, session=session, form=form)


@rounds.post("/sessions/<uuid:session_id>")
@on(StudySession, may=policy.manage_session)
def change_session(session: StudySession) -> ResponseReturnValue:
    """Keep what was typed."""
    form = SessionForm(request.form)
    if form.validate():
        with refusals(form):
            service.change(db(), session, form.plan(zone()), by=actor(), now=now())
    if form.errors:
        page = render_template(
            "rounds/session.html", round=session.round, session=session, form=form
        )
        return page, 422
    flash(gettext("The session has been changed."), "ok")
    return redirect(url_for(".show", round_id=session.round_id, _anchor="sessions"))


@rounds.get("/sessions/<uuid:session_id>/remove")
@on(StudySession, may=policy.manage_session)
def removing_session(session: StudySession) -> ResponseReturnValue:
    """What removing means."""
    return render_template("rounds/remove_session.html", session=session, round=session.round)


@rounds.post("/sessions/<uuid:session_id>/remove")
@on(StudySession, may=policy.manage_session)
def remove_session(session: StudySession) -> ResponseReturnValue:
    """Remove it."""
    round_id = session.round_id
    recordings.expect_none(db(), session)
    service.remove(db(), session, by=actor(), now=now())
    flash(gettext("The session has been removed."), "ok")
    return redirect(url_for(".show", round_id=round_id, _anchor="sessions"))
