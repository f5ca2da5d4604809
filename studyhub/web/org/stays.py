"""Temporary activity in another cell: shown first, then begun, changed, taken back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.org import guests, queries, service
from studyhub.org.models import Membership, Unit
from studyhub.org.staying import require_stay
from studyhub.org.stays import Stay
from studyhub.rounds import touched
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.choosing import Cells, cells_for, form_for, is_chosen
from studyhub.web.org.moving_forms import TransferForm
from studyhub.web.org.stay_forms import LastDayForm, SearchedStayForm, StayForm
from studyhub.web.request import actor, db, now, today


@org.get("/members/<uuid:membership_id>/stay")
@on(Membership, may=policy.change_member)
def ask_for_stay(membership: Membership) -> ResponseReturnValue:
    """Where, from when to when; once that is typed, all that will happen, before it is done."""
    if membership.until is not None and membership.until < today():
        return redirect(url_for(".show_member", membership_id=membership.id))
    cells = cells_for(membership)
    form = _form(cells, on=today())
    if not request.args:
        return _page(membership, form, cells)
    chosen = form.validate() and is_chosen(form, cells)
    if chosen:
        with refusals(form):
            require_stay(db(), membership.user, cells.by_id[form.to.data], *_term(form))
    if form.errors:
        return _page(membership, form, cells), 422
    return _page(membership, form, cells, shown=chosen)


@org.post("/members/<uuid:membership_id>/stay")
@on(Membership, may=policy.change_member)
def begin_stay(membership: Membership) -> ResponseReturnValue:
    """The person takes part in the other cell in these days."""
    cells = cells_for(membership)
    form = _form(cells)
    chosen = form.validate() and is_chosen(form, cells)
    if chosen:
        with refusals(form):
            stay = _begin(membership, cells.by_id[form.to.data], form)
    if form.errors or not chosen:
        return _page(membership, form, cells), 422
    flash(gettext("The stay with %(cell)s is recorded.", cell=stay.host.name), "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


@org.get("/stays/<uuid:stay_id>")
@on(Stay, may=policy.see_stay)
def show_stay(stay: Stay) -> ResponseReturnValue:
    """Who, of which cell, with which cell and how long: what both cells are to know."""
    home = queries.latest_membership(db(), stay.user_id)
    return render_template("org/stay.html", stay=stay, home=home)


@org.get("/stays/<uuid:stay_id>/change")
@on(Stay, may=policy.change_stay)
def ask_to_change_stay(stay: Stay) -> ResponseReturnValue:
    """The last day as it stands, to be put earlier or later."""
    if stay.taken_back_at is not None:
        return redirect(url_for(".show_stay", stay_id=stay.id))
    return _change(stay, LastDayForm(until=stay.until))


@org.post("/stays/<uuid:stay_id>/change")
@on(Stay, may=policy.change_stay)
def change_stay(stay: Stay) -> ResponseReturnValue:
    """An earlier day ends the stay, a later one extends it."""
    form = LastDayForm(request.form)
    if form.validate():
        with refusals(form):
            _end_or_extend(stay, form)
    if form.errors:
        return _change(stay, form), 422
    flash(gettext("The last day of the stay is changed."), "ok")
    return redirect(url_for(".show_stay", stay_id=stay.id))


@org.post("/stays/<uuid:stay_id>/take-back")
@on(Stay, may=policy.change_stay)
def take_back_stay(stay: Stay) -> ResponseReturnValue:
    """It was recorded by mistake."""
    service.take_back_stay(db(), stay, by=actor(), now=now())
    flash(gettext("The stay is taken back."), "ok")
    return redirect(url_for(".show_stay", stay_id=stay.id))


def _form(cells: Cells, **defaults: Any) -> TransferForm:
    return form_for(cells, StayForm, SearchedStayForm, **defaults)


def _term(form: TransferForm) -> tuple[Any, Any]:
    """Both days; the form has seen to it that they were typed."""
    return form.on.data, form["until"].data


def _begin(membership: Membership, host: Unit, form: TransferForm) -> Stay:
    since, until = _term(form)
    return service.begin_stay(
        db(), membership.user, host, since=since, until=until, basis=form.basis.data or "",
        by=actor(), now=now(),
    )  # fmt: skip


def _end_or_extend(stay: Stay, form: LastDayForm) -> None:
    until, basis = form.until.data or stay.until, form.basis.data or ""
    change = service.extend_stay if until > stay.until else service.end_stay
    change(db(), stay, until=until, basis=basis, by=actor(), now=now())


def _page(membership: Membership, form: TransferForm, cells: Cells, *, shown: bool = False) -> str:
    preview = _preview(membership, cells.by_id[form.to.data], form) if shown else None
    return render_template(
        "org/stay_ask.html", membership=membership, form=form, cells=cells, preview=preview
    )


def _preview(membership: Membership, host: Unit, form: TransferForm) -> dict[str, object]:
    since, until = _term(form)
    rounds = scope.visible_rounds(actor())
    return {
        "host": host,
        "since": since,
        "until": until,
        "length": guests.length_of(since, until),
        "lists": touched.on_open_lists(db(), membership.user, visible=rounds),
    }


def _change(stay: Stay, form: LastDayForm) -> str:
    lists = touched.on_open_lists(db(), stay.user, visible=scope.visible_rounds(actor()))
    return render_template("org/stay_change.html", stay=stay, form=form, lists=lists)
