"""Recognising a member as official, ending a membership, and taking the end back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.org import service
from studyhub.org.models import Membership, Standing
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import EndForm, RecogniseForm
from studyhub.web.request import actor, db, now, today


@org.get("/members/<uuid:membership_id>/recognise")
@on(Membership, may=policy.change_member)
def ask_to_recognise(membership: Membership) -> ResponseReturnValue:
    """Since when, and what will happen."""
    if membership.until is not None or membership.standing is Standing.OFFICIAL:
        return _nothing_to_do(membership)
    return _recognition(membership, RecogniseForm(on=today()))


@org.post("/members/<uuid:membership_id>/recognise")
@on(Membership, may=policy.change_member)
def recognise(membership: Membership) -> ResponseReturnValue:
    """A probationary member becomes an official one."""
    form = RecogniseForm(request.form)
    if form.validate() and form.on.data:
        basis = form.basis.data or ""
        with refusals(form):
            official = service.recognise_official(
                db(), membership, on=form.on.data, basis=basis, by=actor(), now=now()
            )
    if form.errors:
        return _recognition(membership, form), 422
    flash(gettext("Recognised as an official member."), "ok")
    return redirect(url_for(".show_member", membership_id=official.id))


@org.get("/members/<uuid:membership_id>/end")
@on(Membership, may=policy.change_member)
def ask_to_end(membership: Membership) -> ResponseReturnValue:
    """Until when, and what will happen."""
    if membership.until is not None:
        return _nothing_to_do(membership)
    return _ending(membership, EndForm(until=today()))


@org.post("/members/<uuid:membership_id>/end")
@on(Membership, may=policy.change_member)
def end(membership: Membership) -> ResponseReturnValue:
    """The person leaves the cell."""
    form = EndForm(request.form)
    if form.validate() and form.until.data:
        basis = form.basis.data or ""
        with refusals(form):
            service.end_membership(
                db(), membership, until=form.until.data, basis=basis, by=actor(), now=now()
            )
    if form.errors:
        return _ending(membership, form), 422
    flash(gettext("The membership is ended. It can be taken back on this page."), "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


@org.post("/members/<uuid:membership_id>/take-back")
@on(Membership, may=policy.change_member)
def take_back(membership: Membership) -> ResponseReturnValue:
    """The end was wrong: the membership goes on."""
    service.take_back_end(db(), membership, by=actor(), now=now())
    flash(gettext("The membership goes on as before. Posts are to be given anew."), "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


def _nothing_to_do(membership: Membership) -> ResponseReturnValue:
    """An old window asks for what has been done: the person's page shows how things stand."""
    return redirect(url_for(".show_member", membership_id=membership.id))


def _recognition(membership: Membership, form: RecogniseForm) -> str:
    return render_template("org/recognise.html", membership=membership, form=form)


def _ending(membership: Membership, form: EndForm) -> str:
    return render_template("org/end.html", membership=membership, form=form)
