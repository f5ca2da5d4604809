"""Calling the roll of a cell, and the figures of all the cells one follows."""

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.access.reach import FOLLOWERS
from studyhub.org.models import Unit
from studyhub.study import rolls
from studyhub.study.guests import guests_at, hosts_at
from studyhub.study.models import StudySession
from studyhub.study.roll_call import Outcome, call_roll
from studyhub.web.filters import local
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import actor, db, now
from studyhub.web.study.roll_form import RollForm
from studyhub.web.study.views import study


@study.get("/<uuid:session_id>/roll")
@on(StudySession, may=policy.see_roll)
def overview(session: StudySession) -> ResponseReturnValue:
    """Cell by cell: summoned, present, excused, absent."""
    cells = rolls.roll_by_cell(db(), session, actor().territory(*FOLLOWERS))
    hosts = hosts_at(db(), session, _day(session), within=scope.followed_units(actor()))
    return render_template(
        "study/overview.html", session=session, cells=cells, total=rolls.total(cells), hosts=hosts
    )


@study.get("/<uuid:session_id>/roll-call/<uuid:unit_id>")
@on(StudySession, may=policy.see_session)
@on(Unit, may=policy.call_roll)
def roll(session: StudySession, unit: Unit) -> ResponseReturnValue:
    """The roll of the cell, to be called."""
    called = rolls.roll(db(), session, unit)
    return _page(session, unit, called, RollForm.of(called, guests=_guests(session, unit)))


@study.post("/<uuid:session_id>/roll-call/<uuid:unit_id>")
@on(StudySession, may=policy.see_session)
@on(Unit, may=policy.call_roll)
def call(session: StudySession, unit: Unit) -> ResponseReturnValue:
    """Record what was said; by one button also that all the others are on site."""
    called = rolls.roll(db(), session, unit)
    form = RollForm.of(called, request.form, guests=_guests(session, unit))
    if form.is_fit():
        with refusals(form):
            outcome = call_roll(
                db(),
                session,
                unit,
                form.entries,
                by=actor(),
                now=now(),
                all_others_on_site=request.form.get("go") == "others",
                guests_on=_day(session),
            )
    if form.problems or form.form_errors:
        return _page(session, unit, called, form), 422
    _tell(outcome)
    return redirect(url_for(".roll", session_id=session.id, unit_id=unit.id))


def _guests(session: StudySession, unit: Unit) -> Sequence[rolls.Line]:
    """Members of other cells who are with this cell on the day of the session."""
    return guests_at(db(), session, unit, _day(session)) if unit.is_cell else ()


def _day(session: StudySession) -> date:
    return local(session.starts_at).date()


def _tell(outcome: Outcome) -> None:
    said = ngettext(
        "Saved: the record of %(num)d person has changed.",
        "Saved: the records of %(num)d persons have changed.",
        outcome.changed,
    )
    flash(said if outcome.changed else gettext("Nothing has changed."), "ok")
    if outcome.overtaken:
        kept = ngettext(
            "%(num)d person was recorded by somebody else meanwhile; that record was kept.",
            "%(num)d persons were recorded by somebody else meanwhile; those records were kept.",
            len(outcome.overtaken),
        )
        flash(kept, "warn")


def _page(session: StudySession, unit: Unit, called: rolls.Roll, form: RollForm) -> str:
    return render_template(
        "study/roll.html", session=session, unit=unit, form=form, figures=called.figures
    )
