"""The official transfer of a member to another cell: shown first, then done, and taken back."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.kernel.errors import Forbidden, Missing
from studyhub.kernel.words import N_
from studyhub.org import movements, service
from studyhub.org.models import Membership, Transfer, Unit
from studyhub.org.stretches import posts_in_cell
from studyhub.org.transfers import require_transferable
from studyhub.rounds import touched
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.choosing import Cells, cells_for, form_for, is_chosen
from studyhub.web.org.moving_forms import TransferForm
from studyhub.web.request import actor, db, now, today


@org.get("/members/<uuid:membership_id>/transfer")
@on(Membership, may=policy.change_member)
def ask_to_transfer(membership: Membership) -> ResponseReturnValue:
    """Where and when; once that is typed, all that will happen, before it is done."""
    if membership.until is not None:
        return redirect(url_for(".show_member", membership_id=membership.id))
    cells = cells_for(membership)
    form = form_for(cells, on=today())
    if not request.args:
        return _page(membership, form, cells)
    chosen = form.validate() and is_chosen(form, cells)
    if chosen:
        with refusals(form):
            require_transferable(membership, cells.by_id[form.to.data], form.on.data or today())
    if form.errors:
        return _page(membership, form, cells), 422
    return _page(membership, form, cells, shown=chosen)


@org.post("/members/<uuid:membership_id>/transfer")
@on(Membership, may=policy.change_member)
def transfer(membership: Membership) -> ResponseReturnValue:
    """The person belongs to the other cell from that day."""
    cells = cells_for(membership)
    form = form_for(cells)
    chosen = form.validate() and is_chosen(form, cells)
    if chosen:
        with refusals(form):
            moved = _transfer(membership, cells.by_id[form.to.data], form)
    if form.errors or not chosen:
        return _page(membership, form, cells), 422
    flash(gettext("Transferred to %(cell)s.", cell=moved.target.name), "ok")
    return redirect(url_for(".show_member", membership_id=moved.begun_id))


@org.post("/members/<uuid:membership_id>/take-back-transfer")
@on(Membership, may=policy.change_member)
def take_back_transfer(membership: Membership) -> ResponseReturnValue:
    """The transfer by which this membership began was wrong."""
    moved = movements.transfer_into(db(), membership)
    if moved is None:
        raise Missing(N_("There is nothing here."))
    if not policy.change_unit(actor(), moved.origin):
        raise Forbidden(N_("The cell the member came from is not in your care."))
    service.take_back_transfer(db(), moved, by=actor(), now=now())
    message = gettext("The transfer is taken back. Posts are to be given anew.")
    flash(message, "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


def _transfer(membership: Membership, to: Unit, form: TransferForm) -> Transfer:
    day, basis = form.on.data or today(), form.basis.data or ""
    return service.transfer(db(), membership, to, on=day, basis=basis, by=actor(), now=now())


def _page(membership: Membership, form: TransferForm, cells: Cells, *, shown: bool = False) -> str:
    day = form.on.data or today()
    told = preview(membership, cells.by_id[form.to.data], day) if shown else None
    return render_template(
        "org/transfer.html", membership=membership, form=form, cells=cells, preview=told
    )


def preview(membership: Membership, to: Unit, day: date) -> dict[str, object]:
    """What a transfer on that day would be: the posts that end, and the rounds it meets."""
    rounds = scope.visible_rounds(actor())
    last = day - timedelta(days=1)
    return {
        "to": to,
        "on": day,
        "last": last,
        "posts": posts_in_cell(db(), membership, last),
        "lists": touched.on_open_lists(db(), membership.user, visible=rounds),
        "planned": touched.planned_after_transfer(db(), membership.cell, to, day, visible=rounds),
    }
