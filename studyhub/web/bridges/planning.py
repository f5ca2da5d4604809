"""The bridge points of a session: all with their counts; adding, changing, removing one."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from studyhub.access import attending, policy, scope
from studyhub.accounts.models import User
from studyhub.bridges import planning, queries
from studyhub.bridges.models import BridgePoint
from studyhub.bridges.planning import PointPlan
from studyhub.calendars.queries import units_at
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Unfit
from studyhub.kernel.ids import UnitId
from studyhub.kernel.words import N_
from studyhub.org.finding import meant_by
from studyhub.org.models import Unit
from studyhub.study.models import StudySession
from studyhub.web.bridges.blueprint import bridges
from studyhub.web.fields import NameField
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


class PointForm(Form):
    """A hall, who is in charge, and the cells it expects."""

    hall = NameField(
        N_("Hall"),
        [
            InputRequired(N_("Name the hall.")),
            Length(max=200, message=N_("At most 200 characters.")),
        ],
    )
    keeper = StringField(
        N_("In charge"), [InputRequired(N_("Say who is in charge of this bridge point."))]
    )
    cells = SelectMultipleField(
        N_("Cells expected here"), [InputRequired(N_("Choose at least one cell."))]
    )
    unit = SelectField(N_("Held by"))

    @classmethod
    def of(
        cls,
        held_by: dict[UnitId, Unit],
        listed: dict[UnitId, Unit],
        typed: MultiDict[str, str] | None = None,
        **data: Any,
    ) -> "PointForm":
        """The form with the choices there are."""
        form = cls(typed, data=data)
        form.cells.choices = [(str(unit_id), unit.name) for unit_id, unit in listed.items()]
        form.unit.choices = [(str(unit_id), unit.name) for unit_id, unit in held_by.items()]
        return form

    def plan(self, keeper: User) -> PointPlan:
        """What was typed, as the deed takes it."""
        cells = [UnitId(UUID(unit_id)) for unit_id in self.cells.data or []]
        return PointPlan(hall=self.hall.data or "", keeper=keeper, cells=cells)


@bridges.get("/of/<uuid:session_id>")
@on(StudySession, may=policy.see_bridges)
def of_session(session: StudySession) -> ResponseReturnValue:
    """All bridge points one may change, with their counts."""
    points = queries.points_of(db(), session, visible=attending.kept_bridges(actor()))
    return render_template(
        "bridges/of_session.html", session=session, points=points,
        twice=queries.marked_twice(db(), session) if points else [],
    )  # fmt: skip


@bridges.get("/of/<uuid:session_id>/new")
@on(StudySession, may=policy.see_bridges)
def new(session: StudySession) -> ResponseReturnValue:
    """A fresh form."""
    units = _units()
    return _form_page(session, None, PointForm.of(units, _cells(session, units)))


@bridges.post("/of/<uuid:session_id>/new")
@on(StudySession, may=policy.see_bridges)
def add(session: StudySession) -> ResponseReturnValue:
    """Plan it; who is in charge is told."""
    units = _units()
    form = PointForm.of(units, _cells(session, units), request.form)
    if form.validate():
        unit = next(unit for unit in units.values() if str(unit.id) == form.unit.data)
        with refusals(form):
            planning.plan(db(), session, unit, form.plan(_keeper(form)), by=actor(), now=now())
    if form.errors:
        return _form_page(session, None, form), 422
    flash(gettext("The bridge point is planned; who is in charge is told."), "ok")
    return redirect(url_for(".of_session", session_id=session.id))


@bridges.get("/<uuid:point_id>/change")
@on(BridgePoint, may=policy.keep_bridge)
def edit(point: BridgePoint) -> ResponseReturnValue:
    """The form with the bridge point in it."""
    form = _form_of(
        point, hall=point.hall, keeper=point.keeper.card_number or point.keeper.full_name,
        cells=[str(unit_id) for unit_id in point.cell_ids],
    )  # fmt: skip
    return _form_page(point.session, point, form)


@bridges.post("/<uuid:point_id>/change")
@on(BridgePoint, may=policy.keep_bridge)
def change(point: BridgePoint) -> ResponseReturnValue:
    """Keep what was typed."""
    form = _form_of(point, request.form)
    if form.validate():
        with refusals(form):
            planning.change(db(), point, form.plan(_keeper(form)), by=actor(), now=now())
    if form.errors:
        return _form_page(point.session, point, form), 422
    flash(gettext("The bridge point has been changed."), "ok")
    return redirect(url_for(".of_session", session_id=point.session_id))


@bridges.post("/<uuid:point_id>/remove")
@on(BridgePoint, may=policy.keep_bridge)
def remove(point: BridgePoint) -> ResponseReturnValue:
    """Remove it; refused once somebody is marked there."""
    session_id = point.session_id
    planning.remove(db(), point, by=actor(), now=now())
    flash(gettext("The bridge point has been removed."), "ok")
    return redirect(url_for(".of_session", session_id=session_id))


def _units() -> dict[UnitId, Unit]:
    """The units of which one is an officer: a bridge point is held by one of them."""
    found = units_at(db(), actor().territory(Post.OFFICER))
    return {unit.id: unit for unit in found}


def _cells(session: StudySession, units: dict[UnitId, Unit]) -> dict[UnitId, Unit]:
    cells: dict[UnitId, Unit] = {}
    for unit in units.values():
        cells |= planning.cells_on_the_list(db(), session, within=unit)
    return cells


def _form_of(
    point: BridgePoint, typed: MultiDict[str, str] | None = None, **data: Any
) -> PointForm:
    cells = planning.cells_on_the_list(db(), point.session, within=point.unit)
    form = PointForm.of({point.unit.id: point.unit}, cells, typed, **data)
    del form.unit
    return form


def _keeper(form: PointForm) -> User:
    """The person meant by what was typed: a card number, an address, or a name there is once."""
    found = meant_by(db(), form.keeper.data or "", visible=scope.visible_members(actor()))
    if len(found) != 1:
        said = N_("Nobody is called like that. Type the card number or the e-mail address.")
        many = N_("Several persons are called like that. Type the card number.")
        raise Unfit(many if found else said, about="keeper")
    return found[0]


def _form_page(session: StudySession, point: BridgePoint | None, form: PointForm) -> str:
    return render_template("bridges/plan.html", session=session, point=point, form=form)
