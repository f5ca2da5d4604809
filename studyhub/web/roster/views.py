"""Choosing a list, saying what its columns mean, looking at the outcome, applying it.

Between the steps everything is carried by the form; nothing is half-applied.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from studyhub.access import policy
from studyhub.essays.leading import note_leaders
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Unit, UnitKind
from studyhub.roster import hazards, service
from studyhub.roster.errors import Halted
from studyhub.roster.faulty import faulty_rows
from studyhub.roster.waiting import Waiting
from studyhub.roster.work import APPLY, COMPARE
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, files, now, today
from studyhub.web.roster.asked import Asked, Source
from studyhub.web.roster.blueprint import roster
from studyhub.web.roster.dry_run import (
    are_few,
    compared,
    dry_run,
    read,
    read_if_few,
    uncompared,
)
from studyhub.web.roster.forms import ListForm
from studyhub.web.roster.shown import MOVED_ON, attached, show, show_columns, told
from studyhub.web.roster.working import ask, recent_works

NO_GROUP = N_("Members belong to a cell. Import the list into the cell of this group.")
TOO_EARLY = N_("The unit exists only since %(since)s. Choose that day or a later one.")


@roster.get("/<uuid:unit_id>")
@on(Unit, may=policy.import_roster)
def choose(unit: Unit) -> ResponseReturnValue:
    """Which file."""
    form = ListForm(as_of=today())
    works = recent_works(unit)
    return render_template("roster/choose.html", unit=unit, form=form, works=works)


@roster.post("/<uuid:unit_id>")
@on(Unit, may=policy.import_roster)
def upload(unit: Unit) -> ResponseReturnValue:
    """Read it and show what it would change, or ask what its columns mean."""
    with request:  # what was uploaded is let go at the end
        form = ListForm(CombinedMultiDict((request.files, request.form)))
        if form.validate():
            with refusals(form):
                return _compared(unit, Asked(_kept(unit, form)))
    return render_template("roster/choose.html", unit=unit, form=form, works=[]), 422


def _kept(unit: Unit, form: ListForm) -> Source:
    """Only what can be a table is kept at all."""
    if unit.kind is UnitKind.GROUP:
        raise Unfit(NO_GROUP)
    as_of = form.as_of.data or today()
    if as_of < unit.since:
        raise Unfit(TOO_EARLY, about="as_of", since=f"{unit.since:%d/%m/%Y}")
    data = form.file.data.read()
    hazards.format_of(data)
    name = str(form.file.data.filename).replace("\\", "/").rpartition("/")[2][-100:]
    return Source(Waiting.beside(files()).keep(data, now=now()), name, as_of)


def _compared(unit: Unit, asked: Asked) -> ResponseReturnValue:
    sheet = read_if_few(unit.id, asked)
    return ask(COMPARE, unit, asked) if sheet is None else show(dry_run(unit.id, asked, sheet))


@roster.get("/<uuid:unit_id>/check", endpoint="again_check")
@roster.get("/<uuid:unit_id>/columns", endpoint="again_columns")
@roster.get("/<uuid:unit_id>/apply", endpoint="again_apply")
@on(Unit, may=policy.import_roster)
def again(unit: Unit) -> ResponseReturnValue:
    """The form holds everything and cannot be reopened by its address."""
    return redirect(url_for(".choose", unit_id=unit.id))


@roster.post("/<uuid:unit_id>/columns")
@on(Unit, may=policy.import_roster)
def change_columns(unit: Unit) -> ResponseReturnValue:
    """Where the header stands and what each column is taken for, to be corrected."""
    asked = Asked.of(request.form, unit.id)
    return show_columns(uncompared(unit.id, asked, read(unit.id, asked)))


@roster.post("/<uuid:unit_id>/check")
@on(Unit, may=policy.import_roster)
def check(unit: Unit) -> ResponseReturnValue:
    """Compare once more with what was chosen; what was said of the columns is remembered."""
    asked = Asked.of(request.form, unit.id)
    sheet = read(unit.id, asked)
    if asked.has_moved:
        return show_columns(uncompared(unit.id, asked, sheet))
    run = (dry_run if are_few(sheet) else uncompared)(unit.id, asked, sheet)
    if "corrected" in request.form and not run.lacking:
        unit = db().get_one(Unit, run.unit_id, with_for_update=True)
        service.remember(db(), unit, sheet, run.columns, now=now())
    return show(run) if run.lacking or run.plan else ask(COMPARE, unit, asked)


@roster.post("/<uuid:unit_id>/faulty")
@on(Unit, may=policy.import_roster)
def download_faulty(unit: Unit) -> ResponseReturnValue:
    """The rows that cannot be taken over, each with what is wrong in a last column.

    Those of a long list are put into a file by the job that compares it.
    """
    asked = Asked.of(request.form, unit.id)
    sheet = read_if_few(unit.id, asked)
    if sheet is None:
        return ask(COMPARE, unit, asked)
    outcome = dry_run(unit.id, asked, sheet).outcome
    return attached(faulty_rows(sheet, outcome, speech=gettext))


@roster.post("/<uuid:unit_id>/apply")
@on(Unit, may=policy.import_roster)
def apply(unit: Unit) -> ResponseReturnValue:
    """Carry it out in one transaction, if it is still what was shown."""
    asked = Asked.of(request.form, unit.id)
    sheet = read_if_few(unit.id, asked)
    if sheet is None:
        return ask(APPLY, unit, asked)
    unit = db().get_one(Unit, unit.id, with_for_update=True)
    run = compared(db(), unit, sheet, asked)
    if run.plan is None or run.outcome.fingerprint != asked.seen:
        return show(run, said=gettext(MOVED_ON), status=409)
    try:
        service.carry_out(db(), unit, run.plan, by=actor(), now=now())
        note_leaders(db(), today())
    except Halted as halted:
        db().rollback()
        return show(run, said=f"{say(halted)} {say(halted.why)}", status=409)
    plan = run.plan
    flash(told(len(plan.new), len(plan.changed), len(plan.founded)), "ok")
    return redirect(url_for("org.show_unit", unit_id=run.unit_id))
