"""Approving a transfer that a cell asked for: the officer chooses the cell, sees, and does it."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.org import petitioning
from studyhub.org.models import Membership
from studyhub.org.petitions import Petition, Wish
from studyhub.org.transfers import require_transferable
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.org.approving import done, meant
from studyhub.web.org.asking_forms import ApproveTransferForm, SearchedApproveForm
from studyhub.web.org.blueprint import org
from studyhub.web.org.choosing import Cells, cells_for, form_for, is_chosen, named
from studyhub.web.org.moving_forms import TransferForm
from studyhub.web.org.transfers import preview
from studyhub.web.request import actor, db, now, today


@org.get("/petitions/<uuid:petition_id>/transfer")
@on(Petition, may=policy.decide_petition)
def ask_to_approve_transfer(petition: Petition) -> ResponseReturnValue:
    """To which cell, from when, by which decision; then all that will happen."""
    membership = petitioning.membership_meant(db(), petition)
    if not petition.is_open or membership is None or petition.wish is not Wish.TRANSFER:
        return redirect(url_for(".show_petition", petition_id=petition.id))
    cells = cells_for(membership, petition.destination)
    wished = petition.destination
    form = _form(cells, on=petition.since, to=named(cells, wished), cell=wished)
    if not request.args:
        return _page(petition, membership, form, cells)
    chosen = form.validate() and is_chosen(form, cells)
    if chosen:
        with refusals(form):
            require_transferable(membership, cells.by_id[form.to.data], form.on.data or today())
    if form.errors:
        return _page(petition, membership, form, cells), 422
    return _page(petition, membership, form, cells, shown=chosen)


@org.post("/petitions/<uuid:petition_id>/transfer")
@on(Petition, may=policy.decide_petition)
def approve_transfer(petition: Petition) -> ResponseReturnValue:
    """The member belongs to that cell from that day, and the cell that asked is told."""
    membership = meant(petition)
    cells = cells_for(membership)
    form = _form(cells)
    chosen = form.validate() and is_chosen(form, cells)
    if chosen:
        with refusals(form), db().begin_nested():
            _approve(petition, cells, form)
    if form.errors or not chosen:
        return _page(petition, membership, form, cells), 422
    return done(petition)


def _approve(petition: Petition, cells: Cells, form: TransferForm) -> None:
    to, day = cells.by_id[form.to.data], form.on.data or today()
    petitioning.approve_transfer(
        db(), petition, to, on=day, decision=form.basis.data or "", by=actor(), now=now()
    )


def _form(cells: Cells, **defaults: Any) -> TransferForm:
    return form_for(cells, ApproveTransferForm, SearchedApproveForm, **defaults)


def _page(
    petition: Petition,
    membership: Membership,
    form: TransferForm,
    cells: Cells,
    *,
    shown: bool = False,
) -> str:
    day = form.on.data or today()
    foreseen = preview(membership, cells.by_id[form.to.data], day) if shown else None
    return render_template(
        "org/approve_transfer.html",
        petition=petition,
        membership=membership,
        form=form,
        cells=cells,
        preview=foreseen,
    )
