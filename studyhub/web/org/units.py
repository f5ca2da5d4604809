"""The page of a unit, and changing the tree."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.org import overview, queries, service
from studyhub.org.models import Unit, UnitKind
from studyhub.org.rules import BELOW
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import KINDS, org
from studyhub.web.org.forms import NewUnitForm, UnitNames
from studyhub.web.request import actor, db, now, today


@org.get("/units/<uuid:unit_id>")
@on(Unit, may=policy.see_unit)
def show_unit(unit: Unit) -> ResponseReturnValue:
    """A cell with its members, or an organization with what lies below it."""
    if unit.kind is UnitKind.GROUP:
        return redirect(url_for(".show_unit", unit_id=unit.parent_id))
    return _cell(unit) if unit.is_cell else _organization(unit)


@org.get("/units/<uuid:unit_id>/add-unit")
@on(Unit, may=policy.change_unit)
def new_unit(unit: Unit) -> ResponseReturnValue:
    """What the new unit is called, and since when it is there."""
    return _founding(unit, _new_unit_form(unit))


@org.post("/units/<uuid:unit_id>/add-unit")
@on(Unit, may=policy.change_unit)
def add_unit(unit: Unit) -> ResponseReturnValue:
    """Found it."""
    form = _new_unit_form(unit)
    if form.validate() and form.since.data:
        with refusals(form):
            new = service.found_unit(
                db(),
                unit,
                kind=UnitKind(form.kind.data),
                name=form.name.data or "",
                short_name=form.short_name.data or "",
                since=form.since.data,
                by=actor(),
                now=now(),
            )
    if form.errors:
        return _founding(unit, form), 422
    flash(gettext("%(unit)s now stands in the tree.", unit=new.name), "ok")
    return redirect(url_for(".show_unit", unit_id=new.id))


@org.get("/units/<uuid:unit_id>/change")
@on(Unit, may=policy.change_unit)
def edit_unit(unit: Unit) -> ResponseReturnValue:
    """Its names, to be corrected."""
    return render_template("org/edit_unit.html", unit=unit, form=UnitNames(obj=unit))


@org.post("/units/<uuid:unit_id>/change")
@on(Unit, may=policy.change_unit)
def change_unit(unit: Unit) -> ResponseReturnValue:
    """Correct them."""
    form = UnitNames(request.form)
    if not form.validate():
        return render_template("org/edit_unit.html", unit=unit, form=form), 422
    names = {"name": form.name.data or "", "short_name": form.short_name.data or ""}
    service.change_unit(db(), unit, **names, by=actor(), now=now())
    flash(gettext("The names of the unit are changed."), "ok")
    return redirect(url_for(".show_unit", unit_id=unit.id))


def _cell(cell: Unit) -> str:
    posts = queries.posts_on(db(), cell, today())
    members = queries.members_of(db(), cell, today(), posts=posts)
    return render_template(
        "org/cell.html",
        unit=cell,
        above=_above(cell),
        members=members,
        figures=queries.figures_of(members),
        posts=posts,
        groups=queries.groups_of(db(), cell, today()),
    )


def _organization(unit: Unit) -> str:
    visible = scope.visible_units(actor())
    below = overview.units_below(db(), unit, today(), visible=visible)
    return render_template(
        "org/unit.html",
        unit=unit,
        above=_above(unit),
        below=below,
        figures=sum((branch.figures for branch in below), overview.NOBODY),
        posts=queries.posts_on(db(), unit, today()),
    )


def _above(unit: Unit) -> list[Unit]:
    return overview.units_above(db(), unit, visible=scope.visible_units(actor()))


def _new_unit_form(unit: Unit) -> NewUnitForm:
    kinds = BELOW[unit.kind]
    form = NewUnitForm(request.form or None, since=today(), kind=next(iter(kinds), None))
    form.kind.choices = {kind.value: KINDS[kind] for kind in kinds}
    return form


def _founding(unit: Unit, form: NewUnitForm) -> str:
    return render_template("org/new_unit.html", unit=unit, form=form)
