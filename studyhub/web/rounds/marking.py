"""Changing how a round judges its essays after it was opened."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import StudyHubError
from studyhub.review import changing_rules
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, now
from studyhub.web.rounds.marking_form import MarkingFields, filled_rules
from studyhub.web.rounds.views import rounds


@rounds.get("/<uuid:round_id>/marking")
@on(StudyRound, may=policy.manage_round)
def marking(round_: StudyRound) -> ResponseReturnValue:
    """The rules as they are; why they stay, where somebody was judged by them."""
    if round_.state is RoundState.DRAFT:
        return redirect(url_for(".edit", round_id=round_.id, _anchor="s5"))
    return _page(round_, MarkingFields(data=filled_rules(round_)))


@rounds.post("/<uuid:round_id>/marking")
@on(StudyRound, may=policy.manage_round)
def change_marking(round_: StudyRound) -> ResponseReturnValue:
    """Change them, as long as nobody was judged."""
    form = MarkingFields(request.form)
    chosen = "preset" in request.form
    if not chosen:
        form.form_errors.append(gettext("Choose how essays are judged."))
    if chosen and form.validate():
        with refusals(form), db().begin_nested():
            changing_rules.change_rules(db(), round_, *form.rules(), by=actor(), now=now())
    if form.errors:
        return _page(round_, form), 422
    flash(gettext("From now on essays of this round are judged by these rules."), "ok")
    return redirect(url_for(".show", round_id=round_.id))


def _page(round_: StudyRound, form: MarkingFields) -> str:
    refusal: StudyHubError | None = changing_rules.why_not(db(), round_)
    return render_template(
        "rounds/marking.html", round=round_, form=form, stays=say(refusal) if refusal else None
    )
