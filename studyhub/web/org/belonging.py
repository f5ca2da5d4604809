"""Recognising a member as official, ending a membership, and taking the end back."""

from datetime import time

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.clock import ONE_DAY
from studyhub.org import service
from studyhub.org.leaving import posts_after
from studyhub.org.memberships import require_endable, require_recognisable
from studyhub.org.models import Leaving, Membership, Standing
from studyhub.study.touched import Act, Step
from studyhub.web.fields import moment
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org import rounds
from studyhub.web.org.blueprint import LEAVINGS, org
from studyhub.web.org.dated import possible
from studyhub.web.org.forms import RecogniseForm
from studyhub.web.org.moving_forms import LeaveForm
from studyhub.web.request import actor, db, now, today, zone


@org.get("/members/<uuid:membership_id>/recognise")
@on(Membership, may=policy.change_member)
def ask_to_recognise(membership: Membership) -> ResponseReturnValue:
    """Since when; then all that will happen."""
    if membership.until is not None or membership.standing is Standing.OFFICIAL:
        return _nothing_to_do(membership)
    form = RecogniseForm(request.args or None, on=today())
    if not request.args:
        return _recognition(membership, form, shown=False)
    shown = possible(form, lambda: require_recognisable(membership, form.on.data or today()))
    return _recognition(membership, form, shown=shown), 200 if shown else 422


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
        return _recognition(membership, form, shown=False), 422
    flash(gettext("Recognised as an official member."), "ok")
    return redirect(url_for(".show_member", membership_id=official.id))


@org.get("/members/<uuid:membership_id>/end")
@on(Membership, may=policy.change_member)
def ask_to_end(membership: Membership) -> ResponseReturnValue:
    """Why, until when; then all that will happen."""
    if membership.until is not None:
        return _nothing_to_do(membership)
    form = LeaveForm(request.args or None, until=today())
    if not request.args:
        return _ending(membership, form, shown=False)
    shown = possible(form, lambda: require_endable(membership, form.until.data or today()))
    return _ending(membership, form, shown=shown), 200 if shown else 422


@org.post("/members/<uuid:membership_id>/end")
@on(Membership, may=policy.change_member)
def end(membership: Membership) -> ResponseReturnValue:
    """The person leaves the Party, and does not sign in after that day."""
    form = LeaveForm(request.form)
    fits = form.validate()
    if fits:
        with refusals(form), db().begin_nested():
            _leave(membership, form)
    if form.errors:
        return _ending(membership, form, shown=fits), 422
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
    step, basis, why = _step(form), form.basis.data or "", Leaving(form.reason.data)
    last = step.since - ONE_DAY
    service.leave(
        db(),
        membership,
        reason=why,
        until=last,
        closes_at=moment(step.since, time.min, zone()),
        basis=basis,
        by=actor(),
        now=now(),
    )
    reason = gettext(LEAVINGS[why])
    rounds.change_calls(membership.user, step, reason=reason, basis=basis)


def _step(form: LeaveForm) -> Step:
    return Step(act=Act.LEAVE, since=(form.until.data or today()) + ONE_DAY)


def _nothing_to_do(membership: Membership) -> ResponseReturnValue:
    """An old window asks for what has been done: the person's page shows how things stand."""
    return redirect(url_for(".show_member", membership_id=membership.id))


def _recognition(membership: Membership, form: RecogniseForm, *, shown: bool) -> str:
    step = Step(act=Act.RECOGNISE, since=form.on.data or today())
    lists = rounds.foreseen(membership.user, step) if shown else None
    return render_template(
        "org/recognise.html", membership=membership, form=form, step=step, lists=lists
    )


def _ending(membership: Membership, form: LeaveForm, *, shown: bool) -> str:
    step = _step(form)
    return render_template(
        "org/end.html",
        membership=membership,
        form=form,
        step=step,
        last=step.since - ONE_DAY,
        posts=posts_after(db(), membership.user, step.since - ONE_DAY) if shown else [],
        lists=rounds.foreseen(membership.user, step) if shown else None,
        chosen=rounds.chosen(),
    )
