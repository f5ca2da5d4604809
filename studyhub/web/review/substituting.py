"""Judging while the secretary of a cell is away: said why, for how long, and ended."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, TextAreaField

from studyhub.access import policy
from studyhub.essays import queries as essays
from studyhub.essays.models import Essay
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.review import service, substituting, substitutions
from studyhub.review.models import Substitution
from studyhub.web.fields import DayField
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now, today
from studyhub.web.review.views import review


class ReasonForm(Form):
    """Why the secretary cannot decide."""

    reason = TextAreaField(N_("Reason"), render_kw={"rows": 3, "maxlength": substituting.LONGEST})


class SubstitutionForm(ReasonForm):
    """From when to when, and why."""

    since = DayField(N_("Away from"))
    until = DayField(N_("Until and including"))

    def days(self) -> tuple[date, date] | None:
        """Both days, where both were typed."""
        if not self.errors and self.since.data and self.until.data:
            return self.since.data, self.until.data
        return None


@review.get("/units/<uuid:unit_id>/in-place")
@on(Unit, may=policy.see_substitutions)
def substitutions_of(unit: Unit) -> ResponseReturnValue:
    """Who judges in the cell in place of its secretary, and who did; where to take it on."""
    return _page(unit, SubstitutionForm(data={"since": today()}))


@review.post("/units/<uuid:unit_id>/in-place")
@on(Unit, may=policy.substitute)
def substitute(unit: Unit) -> ResponseReturnValue:
    """Take it on."""
    form = SubstitutionForm(request.form)
    form.validate()
    for field in (form.since, form.until):
        if not field.data and not field.errors:
            field.errors = [N_("Say from which day to which.")]
    days = form.days()
    if days:
        since, until = days
        with refusals(form), db().begin_nested():
            reason = form.reason.data or ""
            service.substitute(
                db(), unit, since=since, until=until, reason=reason, by=actor(), now=now()
            )
    if form.errors:
        return _page(unit, form), 422
    flash(gettext("You now judge in this cell in place of its secretary. They were told."), "ok")
    return redirect(url_for(".substitutions_of", unit_id=unit.id))


@review.get("/<uuid:essay_id>/in-place")
@on(Essay, may=policy.substitute_on)
def substituting_on(essay: Essay) -> ResponseReturnValue:
    """What deciding on this one essay means, and where to say why."""
    return _single(essay, ReasonForm())


@review.post("/<uuid:essay_id>/in-place")
@on(Essay, may=policy.substitute_on)
def substitute_on(essay: Essay) -> ResponseReturnValue:
    """Take it on, and read it at the desk."""
    form = ReasonForm(request.form)
    with refusals(form), db().begin_nested():
        reason = form.reason.data or ""
        service.substitute_on(db(), essay, reason=reason, by=actor(), now=now())
    if form.errors:
        return _single(essay, form), 422
    return redirect(url_for(".show", essay_id=essay.id))


@review.post("/substitutions/<uuid:substitution_id>/end")
@on(Substitution, may=policy.end_substitution)
def end_substitution(substitution: Substitution) -> ResponseReturnValue:
    """The secretary is back, or somebody else takes it on."""
    substituting.end(db(), substitution, by=actor(), now=now())
    flash(gettext("It has ended. What was decided stands."), "ok")
    return redirect(url_for(".substitutions_of", unit_id=substitution.cell_id))


def _page(unit: Unit, form: SubstitutionForm) -> str:
    return render_template(
        "review/substitutions.html",
        unit=unit,
        form=form,
        leaders=substitutions.leaders_of(db(), unit, today()),
        found=substitutions.of_cell(db(), unit),
        today=today(),
        most=substituting.MOST_DAYS,
    )


def _single(essay: Essay, form: ReasonForm) -> str:
    essay = essays.for_reading(db(), essay)
    return render_template(
        "review/substituting_on.html",
        essay=essay,
        round=essay.round,
        form=form,
        leaders=substitutions.leaders_of(db(), essay.cell, today()),
        until=today() + substituting.FOR_ONE,
    )
