"""What the officer does with a calibration as a whole."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.calibration import queries, setting_up
from studyhub.calibration.models import Calibration
from studyhub.kernel.errors import StudyHubError
from studyhub.kernel.ids import UserId
from studyhub.org.models import Appointment
from studyhub.rounds.models import StudyRound
from studyhub.web.calibration.blueprint import calibration
from studyhub.web.calibration.forms import NoteForm
from studyhub.web.calibration.listing import page
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, now, today


@calibration.post("/rounds/<uuid:round_id>")
@on(StudyRound, may=policy.set_up_calibration)
def plan(round_: StudyRound) -> ResponseReturnValue:
    """One more, with nothing in it yet."""
    made = setting_up.plan(db(), round_, by=actor(), now=now())
    return redirect(url_for(".show", calibration_id=made.id))


@calibration.get("/<uuid:calibration_id>/invited")
@on(Calibration, may=policy.manage_calibration)
def invited(made: Calibration) -> ResponseReturnValue:
    """Secretaries and deputies to choose from."""
    whole = queries.whole(db(), made.id)
    return _inviting(whole, {seat.user_id for seat in whole.seats})


@calibration.post("/<uuid:calibration_id>/invited")
@on(Calibration, may=policy.manage_calibration)
def invite(made: Calibration) -> ResponseReturnValue:
    """Those who are ticked; of those not on the page, whoever was invited stays."""
    whole, typed = queries.whole(db(), made.id), request.form.get("cell", "")
    shown = queries.to_invite(db(), whole.round, today(), typed)
    ticked = {*request.form.getlist("person")}
    chosen = [one for one in shown if str(one.user_id) in ticked]
    chosen += _others(whole, {one.user_id for one in shown})
    try:
        setting_up.invite(db(), whole, chosen, by=actor(), now=now())
    except StudyHubError as refusal:
        ids = {one.user_id for one in chosen}
        return _inviting(whole, ids, problem=say(refusal)), 422
    flash(gettext("Invited: %(count)d.", count=len(whole.seats)), "ok")
    return redirect(url_for(".show", calibration_id=made.id))


@calibration.post("/<uuid:calibration_id>/begin")
@on(Calibration, may=policy.manage_calibration)
def begin(made: Calibration) -> ResponseReturnValue:
    """The invited are told, and judge."""
    return _done(made, setting_up.begin, gettext("Begun. The invited have been told."))


@calibration.post("/<uuid:calibration_id>/close")
@on(Calibration, may=policy.manage_calibration)
def close(made: Calibration) -> ResponseReturnValue:
    """Nobody judges any more."""
    return _done(made, setting_up.close, gettext("Closed. Nobody judges any more."))


@calibration.post("/<uuid:calibration_id>/reopen")
@on(Calibration, may=policy.manage_calibration)
def reopen(made: Calibration) -> ResponseReturnValue:
    """Those who have not judged all three go on."""
    return _done(made, setting_up.reopen, gettext("Open again."))


@calibration.get("/<uuid:calibration_id>/discard")
@on(Calibration, may=policy.manage_calibration)
def discarding(made: Calibration) -> ResponseReturnValue:
    """What will happen."""
    return render_template("calibration/discard.html", made=made, round=made.round)


@calibration.post("/<uuid:calibration_id>/discard")
@on(Calibration, may=policy.manage_calibration)
def discard(made: Calibration) -> ResponseReturnValue:
    """It never began: away with it."""
    setting_up.discard(db(), made, by=actor(), now=now())
    flash(gettext("The calibration is discarded."), "ok")
    return redirect(url_for(".listing"))


@calibration.post("/<uuid:calibration_id>/note")
@on(Calibration, may=policy.manage_calibration)
def note(made: Calibration) -> ResponseReturnValue:
    """What was discussed, for all who compare."""
    form = NoteForm(request.form)
    with refusals(form):
        setting_up.write_note(db(), made, form.note.data or "", by=actor(), now=now())
    if form.errors:
        return page(made, form), 422
    flash(gettext("The note is kept."), "ok")
    return redirect(url_for(".show", calibration_id=made.id, _anchor="talk-h"))


def _done(made: Calibration, deed: Callable[..., None], said: str) -> ResponseReturnValue:
    whole = queries.whole(db(), made.id)
    form = NoteForm()
    with refusals(form):
        deed(db(), whole, by=actor(), now=now())
    if form.errors:
        return page(made, form), 422
    flash(said, "ok")
    return redirect(url_for(".show", calibration_id=made.id))


def _others(made: Calibration, shown: set[UserId]) -> list[Appointment]:
    """Who is invited and does not stand on the page: found by another name of a cell."""
    return [
        Appointment(user_id=seat.user_id, unit_id=seat.unit_id, post=seat.post)
        for seat in made.seats
        if seat.user_id not in shown
    ]


def _inviting(made: Calibration, chosen: set[UserId], problem: str = "") -> str:
    typed = request.values.get("cell", "")
    return render_template(
        "calibration/invited.html",
        made=made,
        round=made.round,
        found=queries.to_invite(db(), made.round, today(), typed),
        chosen=chosen,
        typed=typed,
        most=queries.MOST_PEOPLE,
        problem=problem,
    )
