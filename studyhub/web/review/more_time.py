"""More time for the authors of the essays that were ticked in the queue, and for nobody else."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.review import more_time
from studyhub.review.more_time import Owing
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext
from studyhub.web.more_time import ExtendForm
from studyhub.web.request import actor, db, now, zone
from studyhub.web.review.chosen import ids
from studyhub.web.review.views import review


@review.get("/chosen/more-time/<uuid:round_id>")
@on(StudyRound, may=policy.manage_round)
def giving_time(round_: StudyRound) -> ResponseReturnValue:
    """Who would get it, and who would not."""
    found = _owing(round_, request.args.getlist("essay"))
    if not found.can or round_.state is not RoundState.OPEN:
        flash(gettext("None of the chosen essays can be given more time."), "warn")
        return redirect(url_for(".waiting", show="returned"))
    form = ExtendForm(data={"closes_at": round_.closes_at.astimezone(zone()).time()})
    return _page(round_, found, form)


@review.post("/chosen/more-time/<uuid:round_id>")
@on(StudyRound, may=policy.manage_round)
def give_time(round_: StudyRound) -> ResponseReturnValue:
    """Give it to those who stood on the page."""
    found, form, given = _owing(round_, request.form.getlist("essay")), ExtendForm(request.form), 0
    if form.validate():
        with refusals(form), db().begin_nested():
            reason = form.reason.data or ""
            given = more_time.give(
                db(), round_, found.can, form.until, reason=reason, by=actor(), now=now()
            )
    if form.errors:
        return _page(round_, found, form), 422
    if given:
        flash(
            ngettext("%(num)d comrade has more time.", "%(num)d comrades have more time.", given),
            "ok",
        )
    else:
        flash(gettext("None of the chosen essays can be given more time."), "warn")
    return redirect(url_for(".waiting", show="returned"))


def _owing(round_: StudyRound, told: list[str]) -> Owing:
    """Of those one may read: a planner need not be the one who judges."""
    return more_time.owing(db(), round_, ids(told), scope.readable_essays(actor()))


def _page(round_: StudyRound, found: Owing, form: ExtendForm) -> str:
    return render_template("review/more_time.html", round=round_, found=found, form=form)
