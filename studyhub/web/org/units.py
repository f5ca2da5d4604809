"""The page of a unit, and changing the tree."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.org import guests, overview, queries, service
from studyhub.org.models import Unit, UnitKind
from studyhub.org.rules import BELOW
from studyhub.reorganization.story import story_of
from studyhub.review.watch import NOTHING, Watch, watch
from studyhub.web.context import know_organization
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
        stays=guests.stays_on(db(), cell, today()),
        watch=_watch(cell),
        story=story_of(db(), cell),
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
        watch=_watch(unit),
        story=story_of(db(), unit),
    )


def _watch(unit: Unit) -> Watch:
    """Told to those who keep the posts only."""
    if not policy.change_unit(actor(), unit):
        return NOTHING
    return watch(db(), today(), within=Unit.path.startswith(unit.path, autoescape=True))


def _above(unit: Unit) -> list[Unit]:
    """As far as one may see them; the root, whose name stands on every page, is among them."""
    line = overview.line_of(db(), unit)
    know_organization(line[0] if line else unit)
    return [above for above in line if policy.see_unit(actor(), above)]


def _new_unit_form(unit: Unit) -> NewUnitForm:
    kinds = BELOW[unit.kind]
    form = NewUnitForm(request.form or None, since=today(), kind=next(iter(kinds), None))
    form.kind.choices = {kind.value: KINDS[kind] for kind in kinds}
    return form


def _founding(unit: Unit, form: NewUnitForm) -> str:
    return render_template("org/new_unit.html", unit=unit, form=form)
