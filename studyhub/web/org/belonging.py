"""Recognising a member as official, ending a membership, and taking the end back."""

from datetime import time, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.org import service
from studyhub.org.models import Leaving, Membership, Standing
from studyhub.rounds import touched
from studyhub.web.fields import moment
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import RecogniseForm
from studyhub.web.org.moving_forms import LeaveForm
from studyhub.web.request import actor, db, now, today, zone


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
    """Why, until when, and what will happen."""
    if membership.until is not None:
        return _nothing_to_do(membership)
    return _ending(membership, LeaveForm(until=today()))


@org.post("/members/<uuid:membership_id>/end")
@on(Membership, may=policy.change_member)
def end(membership: Membership) -> ResponseReturnValue:
    """The person leaves the Party, and does not sign in after that day."""
    form = LeaveForm(request.form)
    if form.validate():
        with refusals(form):
            _leave(membership, form)
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


def _leave(membership: Membership, form: LeaveForm) -> None:
    last = form.until.data or today()
    service.leave(
        db(),
        membership,
        reason=Leaving(form.reason.data),
        until=last,
        closes_at=moment(last + timedelta(days=1), time.min, zone()),
        basis=form.basis.data or "",
        by=actor(),
        now=now(),
    )


def _nothing_to_do(membership: Membership) -> ResponseReturnValue:
    """An old window asks for what has been done: the person's page shows how things stand."""
    return redirect(url_for(".show_member", membership_id=membership.id))


def _recognition(membership: Membership, form: RecogniseForm) -> str:
    return render_template("org/recognise.html", membership=membership, form=form)


def _ending(membership: Membership, form: LeaveForm) -> str:
    lists = touched.on_open_lists(db(), membership.user, visible=scope.visible_rounds(actor()))
    return render_template("org/end.html", membership=membership, form=form, lists=lists)
