"""Giving an essay a number, and asking that another person reads it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, TextAreaField

from studyhub.access import policy
from studyhub.essays import queries as essays
from studyhub.essays.models import Essay
from studyhub.kernel.words import N_
from studyhub.review import appeals, queries, service
from studyhub.review.standing import Standing, standing
from studyhub.rounds.grading import write_points
from studyhub.web.authors import author_of
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now
from studyhub.web.review.forms import DeskForm
from studyhub.web.review.views import review


class AppealForm(Form):
    """Why another person should read it."""

    reason = TextAreaField(N_("Reason"), render_kw={"rows": 5, "maxlength": appeals.LONGEST})


def give(essay: Essay, form: DeskForm, keep_comments: Callable[[Essay, DeskForm], None]) -> None:
    """Give the number once, however often it is sent."""
    points, remark = form.said_points(len(essay.round.rubric)), form.remark.data or ""
    if service.has_marked(
        db(), essay, form.number, points=points, remark=remark, comments=form.places, by=actor()
    ):
        flash(gettext("Your mark has been kept."), "ok")
        return
    keep_comments(essay, form)
    decision = service.give_mark(
        db(), essay, form.number, points=points, remark=remark, by=actor(), now=now()
    )
    if decision is None:
        flash(gettext("Your mark has been kept. Another person is to mark the essay, too."), "ok")
    else:
        number = write_points(decision.points or 0)
        told = gettext("The result has been sent: %(points)s points.", points=number)
        flash(f"{author_of(essay)}: {told}" if essay.round.blind else told, "ok")


@review.get("/<uuid:essay_id>/appeal")
@on(Essay, may=policy.write_essay)
def appealing(essay: Essay) -> ResponseReturnValue:
    """What another reading means, until when it can be asked for, and where to say why."""
    return _page(essay, AppealForm())


@review.post("/<uuid:essay_id>/appeal")
@on(Essay, may=policy.write_essay)
def appeal(essay: Essay) -> ResponseReturnValue:
    """Ask for it."""
    form = AppealForm(request.form)
    with refusals(form), db().begin_nested():
        service.appeal(db(), essay, reason=form.reason.data or "", by=actor(), now=now())
    if form.errors:
        return _page(essay, form), 422
    flash(gettext("Another person will read your essay. You see the result here."), "ok")
    return redirect(url_for("essays.show", essay_id=essay.id))


def _page(essay: Essay, form: AppealForm) -> str:
    essay = essays.for_reading(db(), essay)
    how = standing_of(essay)
    decisions = queries.decisions_on(db(), essay.versions[-1:])
    return render_template(
        "review/appeal.html",
        essay=essay,
        round=essay.round,
        form=form,
        standing=how,
        decision=next(iter(decisions.values()), None),
        markers=essays.readers_of(db(), essay, actor().today),
    )


def standing_of(essay: Essay) -> Standing | None:
    """How far the marking of the newest version is; None where nothing was handed in."""
    if essay.latest is None:
        return None
    decision = queries.decisions_on(db(), [essay.latest]).get(essay.latest.id)
    return standing(db(), essay, essay.latest, decision, reader_id=actor().user_id, now=now())
