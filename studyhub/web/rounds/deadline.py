"""A later deadline, and closing a round."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.words import N_
from studyhub.rounds import service
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.study import queries as study
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.more_time import ExtendForm
from studyhub.web.request import actor, db, now, zone
from studyhub.web.rounds.views import rounds

MOVED, AGAIN = N_("The deadline has been moved."), N_("The round is open again.")


@rounds.get("/<uuid:round_id>/extend")
@on(StudyRound, may=policy.manage_round)
def extending(round_: StudyRound) -> ResponseReturnValue:
    """What a later deadline means."""
    if round_.state is RoundState.DRAFT:
        return redirect(url_for(".show", round_id=round_.id))
    form = ExtendForm(data={"closes_at": round_.closes_at.astimezone(zone()).time()})
    return render_template("rounds/extend.html", round=round_, form=form)


@rounds.post("/<uuid:round_id>/extend")
@on(StudyRound, may=policy.manage_round)
def extend(round_: StudyRound) -> ResponseReturnValue:
    """Move the deadline."""
    said = AGAIN if round_.state is RoundState.CLOSED else MOVED
    form = ExtendForm(request.form)
    if form.validate():
        with refusals(form):
            reason = form.reason.data or ""
            service.extend(db(), round_, form.until, reason=reason, by=actor(), now=now())
    if form.errors:
        return render_template("rounds/extend.html", round=round_, form=form), 422
    flash(gettext(said), "ok")
    return redirect(url_for(".show", round_id=round_.id))


@rounds.get("/<uuid:round_id>/close")
@on(StudyRound, may=policy.manage_round)
def closing(round_: StudyRound) -> ResponseReturnValue:
    """What closing means, in figures."""
    if round_.state is not RoundState.OPEN:
        return redirect(url_for(".show", round_id=round_.id))
    tally = study.figures_of(db(), [round_]).get(round_.id)
    return render_template("rounds/close.html", round=round_, tally=tally)


@rounds.post("/<uuid:round_id>/close")
@on(StudyRound, may=policy.manage_round)
def close(round_: StudyRound) -> ResponseReturnValue:
    """Close it; a second click closes nothing."""
    if round_.state is not RoundState.CLOSED:
        service.close(db(), round_, by=actor(), now=now())
        flash(gettext("The round has been closed; its figures stand."), "ok")
    return redirect(url_for(".show", round_id=round_.id))
