"""The ways out of an act: cancelling a plan, trying it again, undoing what was done."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Forbidden, StudyHubError, Untimely
from studyhub.kernel.words import N_
from studyhub.org.succession import Reorganization, Stage
from studyhub.reorganization import service, told
from studyhub.reorganization.undoing import require_undoable
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.reorganization.blueprint import reorganization
from studyhub.web.reorganization.forms import CancelForm, ReasonForm
from studyhub.web.request import actor, db, now, today


@reorganization.get("/<uuid:reorganization_id>/cancel")
@on(Reorganization, may=policy.change_reorganization)
def ask_to_cancel(act: Reorganization) -> ResponseReturnValue:
    """Why the plan will not be carried out."""
    if act.stage not in {Stage.PLANNED, Stage.STUCK}:
        return redirect(url_for(".show", reorganization_id=act.id))
    return _cancelling(act, CancelForm())


@reorganization.post("/<uuid:reorganization_id>/cancel")
@on(Reorganization, may=policy.change_reorganization)
def cancel(act: Reorganization) -> ResponseReturnValue:
    """It will not be carried out; it stays in the list, with why."""
    form = CancelForm(request.form)
    if form.validate():
        with refusals(form):
            service.cancel(db(), act, basis=form.basis.data or "", by=actor(), now=now())
    if form.errors:
        return _cancelling(act, form), 422
    flash(gettext("The plan is cancelled. Nothing was changed."), "ok")
    return redirect(url_for(".show", reorganization_id=act.id))


@reorganization.post("/<uuid:reorganization_id>/try-again")
@on(Reorganization, may=policy.change_reorganization)
def try_again(act: Reorganization) -> ResponseReturnValue:
    """What stood in the way may be gone."""
    if act.day > today():
        raise Untimely(N_("The day of this act has not come yet."))
    try:
        with db().begin_nested():
            service.carry_out(db(), act, by=actor(), now=now())
    except StudyHubError as refusal:
        flash(gettext("It still cannot be done: %(why)s", why=say(refusal)), "bad")
    else:
        flash(gettext("Carried out."), "ok")
    return redirect(url_for(".show", reorganization_id=act.id))


@reorganization.get("/<uuid:reorganization_id>/undo")
@on(Reorganization, may=policy.change_reorganization)
def ask_to_undo(act: Reorganization) -> ResponseReturnValue:
    """What undoing does, and why it is done."""
    _require_own(act)
    try:
        require_undoable(db(), act, now=now())
    except StudyHubError:
        return redirect(url_for(".show", reorganization_id=act.id))
    return _undoing(act, ReasonForm())


@reorganization.post("/<uuid:reorganization_id>/undo")
@on(Reorganization, may=policy.change_reorganization)
def undo(act: Reorganization) -> ResponseReturnValue:
    """Everything is as if it had never been; the act stays on record."""
    if act.stage is not Stage.DONE:
        raise Untimely(N_("There is nothing to undo: this act has not been carried out."))
    _require_own(act)
    form = ReasonForm(request.form)
    if form.validate():
        with refusals(form), db().begin_nested():
            service.undo(db(), act, basis=form.basis.data or "", by=actor(), now=now())
    if form.errors:
        return _undoing(act, form), 422
    flash(gettext("Undone. Everything is as it was before."), "ok")
    return redirect(url_for(".show", reorganization_id=act.id))


def _require_own(act: Reorganization) -> None:
    """Units are put back below the one they came from: that must be one's own, too."""
    for unit in told.places_before(db(), act):
        if not policy.reorganize(actor(), unit):
            raise Forbidden(N_("The unit it was moved from is not in your care."))


def _cancelling(act: Reorganization, form: CancelForm) -> str:
    targets = told.target_names(db(), [act])
    return render_template("reorganization/cancel.html", act=act, form=form, targets=targets)


def _undoing(act: Reorganization, form: ReasonForm) -> str:
    return render_template(
        "reorganization/undo.html",
        act=act,
        form=form,
        told=told.told_of(db(), act),
        targets=told.target_names(db(), [act]),
    )
