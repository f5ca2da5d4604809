"""The cell proposes an essay as a good one, and may withdraw that."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.booklet import proposing, shelf
from studyhub.booklet.models import GoodEssay
from studyhub.essays import queries
from studyhub.essays.models import Essay
from studyhub.web.booklet.blueprint import booklet
from studyhub.web.booklet.forms import ProposeForm
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


@booklet.get("/of/<uuid:essay_id>")
@on(Essay, may=policy.propose_good_essay)
def propose_form(essay: Essay) -> ResponseReturnValue:
    """What proposing means, and a word why; once proposed, what has become of it."""
    found = shelf.of_essay(db(), essay.id)
    if found and found.stands:
        return redirect(url_for(".show", good_id=found.id))
    return _page(essay, ProposeForm())


@booklet.post("/of/<uuid:essay_id>")
@on(Essay, may=policy.propose_good_essay)
def propose(essay: Essay) -> ResponseReturnValue:
    """Propose it."""
    form = ProposeForm(request.form)
    with refusals(form):
        good = proposing.propose(db(), essay, reason=form.reason.data or "", by=actor(), now=now())
    if form.errors:
        return _page(essay, form), 422
    flash(gettext("Proposed. The committee above has been told."), "ok")
    return redirect(url_for(".show", good_id=good.id))


@booklet.post("/<uuid:good_id>/withdraw")
@on(GoodEssay, may=policy.follow_good_essay)
def withdraw(good: GoodEssay) -> ResponseReturnValue:
    """It is proposed no longer."""
    essay_id = good.essay_id
    proposing.withdraw(db(), good, by=actor(), now=now())
    flash(gettext("The proposal is withdrawn."), "ok")
    return redirect(url_for("essays.show", essay_id=essay_id))


def _page(essay: Essay, form: ProposeForm) -> str:
    essay = queries.for_reading(db(), essay)
    return render_template(
        "booklet/propose.html", essay=essay, form=form, refusal=proposing.why_not(essay)
    )
