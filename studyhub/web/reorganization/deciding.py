"""From the page of a unit to an act: which, with whom, from when; shown first, then done."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Forbidden
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.succession import Act, Reorganization, Stage
from studyhub.reorganization import candidates, queries, service
from studyhub.reorganization.undoing import undoable_until
from studyhub.web.filters import day
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.reorganization import planning
from studyhub.web.reorganization.blueprint import reorganization
from studyhub.web.reorganization.desk import Desk, desk_for, possible, within
from studyhub.web.reorganization.planning import Shown
from studyhub.web.request import actor, db, now, today

ACT = f"<any({','.join(Act)}):act>"
DO, LOOK = "do", "look"


@reorganization.get("/units/<uuid:unit_id>")
@on(Unit, may=policy.reorganize)
def choose(unit: Unit) -> ResponseReturnValue:
    """The six acts, each in one line; those that can be done to this unit."""
    acts = possible(actor(), unit)
    if not acts:
        return redirect(url_for("org.show_unit", unit_id=unit.id))
    return render_template("reorganization/choose.html", unit=unit, possible=acts)


@reorganization.get(f"/units/<uuid:unit_id>/{ACT}")
@on(Unit, may=policy.reorganize)
def ask(unit: Unit, act: str) -> ResponseReturnValue:
    """The form, with nothing typed yet."""
    return _page(_desk(unit, act))


@reorganization.post(f"/units/<uuid:unit_id>/{ACT}")
@on(Unit, may=policy.reorganize, holds=False)
def decide(unit: Unit, act: str) -> ResponseReturnValue:
    """Show what will happen and write nothing; what has been looked at is done, or planned."""
    step = request.form.get("step", LOOK)
    if step == DO:
        _hold(unit, act)
    desk = _desk(unit, act)
    if step not in {DO, LOOK}:
        return _page(desk)
    if step == DO and (twin := _twin(desk)):
        return _told(twin)
    shown = _look(desk)
    if shown is None:
        return _page(desk), 422
    if step == LOOK or request.form.get("seen") != shown.seen:
        return _page(desk, shown, is_stale=step == DO)
    done = _decide(desk, shown)
    return (_page(desk, shown), 422) if done is None else _told(done)


def _desk(unit: Unit, act: str) -> Desk:
    if Act(act) not in possible(actor(), unit):
        raise Forbidden(N_("This cannot be done to this unit by you, or not any more."))
    return desk_for(Act(act), unit)


def _hold(unit: Unit, act: str) -> None:
    """All the units of the plan, before anything about them is looked at."""
    candidates.hold(db(), planning.units_in(planning.plan_of(_desk(unit, act))))


def _twin(desk: Desk) -> Reorganization | None:
    """What the first press of the button has done, when it was pressed twice."""
    if not desk.form.validate():
        return None
    plan = planning.plan_of(desk)
    return queries.just_decided(db(), plan, by=actor().user_id, now=now())


def _look(desk: Desk) -> Shown | None:
    """What will happen; None, with the reason in the form, when it cannot be."""
    shown = None
    if desk.form.validate():
        with refusals(desk.form):
            plan = planning.plan_of(desk)
            candidates.units_of(db(), sorted(planning.units_in(plan)), within=within())
            shown = planning.look(plan)
    return shown


def _decide(desk: Desk, shown: Shown) -> Reorganization | None:
    decided: list[Reorganization] = []
    with refusals(desk.form), db().begin_nested():
        plan = shown.plan
        decided.append(service.decide(db(), plan, by=actor(), today=today(), now=now()))
    return decided[0] if decided else None


def _told(done: Reorganization) -> ResponseReturnValue:
    flash(_done(done.stage, done.day, done), "ok")
    return redirect(url_for(".show", reorganization_id=done.id))


def _done(stage: Stage, on_day: date, done: Reorganization) -> str:
    if stage is Stage.PLANNED:
        return gettext("Planned for %(day)s. Until then it can be cancelled.", day=day(on_day))
    until = day(undoable_until(done))
    return gettext("Carried out. It can be undone until %(day)s.", day=until)


def _page(desk: Desk, shown: Shown | None = None, *, is_stale: bool = False) -> str:
    return render_template(
        f"reorganization/{desk.act}.html",
        unit=desk.unit,
        act=desk.act,
        desk=desk,
        form=desk.form,
        shown=shown,
        is_stale=is_stale,
    )
