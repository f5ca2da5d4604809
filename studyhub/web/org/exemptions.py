"""Exempting or suspending a member, and ending either."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org import service
from studyhub.org.models import Exemption, ExemptionKind, Membership
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import EndForm, ExemptForm
from studyhub.web.org.moving_forms import SuspendForm
from studyhub.web.request import actor, db, now, today


@org.get("/members/<uuid:membership_id>/exempt")
@on(Membership, may=policy.change_member)
def ask_to_exempt(membership: Membership) -> ResponseReturnValue:
    """Why, since when, perhaps until when."""
    return _exemption(membership, ExemptForm(since=today()))


@org.post("/members/<uuid:membership_id>/exempt")
@on(Membership, may=policy.change_member)
def exempt(membership: Membership) -> ResponseReturnValue:
    """Exempt the person from duties and party activity."""
    form = ExemptForm(request.form)
    if form.validate():
        with refusals(form):
            _record(membership, form, ExemptionKind.EXEMPT)
    if form.errors:
        return _exemption(membership, form), 422
    flash(gettext("The exemption is recorded."), "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


@org.get("/members/<uuid:membership_id>/suspend")
@on(Membership, may=policy.change_member)
def ask_to_suspend(membership: Membership) -> ResponseReturnValue:
    """By which decision, since when, perhaps until when."""
    return _suspension(membership, SuspendForm(since=today()))


@org.post("/members/<uuid:membership_id>/suspend")
@on(Membership, may=policy.change_member)
def suspend(membership: Membership) -> ResponseReturnValue:
    """Suspend the person from party activity."""
    form = SuspendForm(request.form)
    if form.validate():
        with refusals(form):
            _record(membership, form, ExemptionKind.SUSPENDED)
    if form.errors:
        return _suspension(membership, form), 422
    flash(gettext("The suspension is recorded."), "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


@org.get("/members/<uuid:membership_id>/exemptions/<uuid:exemption_id>/end")
@on(Membership, may=policy.change_member)
def ask_to_end_exemption(membership: Membership, exemption_id: UUID) -> ResponseReturnValue:
    """Its last day."""
    return _end(membership, _of(membership, exemption_id), EndForm(until=today()))


@org.post("/members/<uuid:membership_id>/exemptions/<uuid:exemption_id>/end")
@on(Membership, may=policy.change_member)
def end_exemption(membership: Membership, exemption_id: UUID) -> ResponseReturnValue:
    """The person takes part again."""
    exemption, form = _of(membership, exemption_id), EndForm(request.form)
    if form.validate() and form.until.data:
        basis = form.basis.data or ""
        with refusals(form):
            service.end_exemption(
                db(), exemption, until=form.until.data, basis=basis, by=actor(), now=now()
            )
    if form.errors:
        return _end(membership, exemption, form), 422
    flash(_ended(exemption), "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


def _record(membership: Membership, form: ExemptForm, kind: ExemptionKind) -> None:
    service.exempt(
        db(),
        membership.user,
        kind=kind,
        since=form.since.data or today(),
        until=form.until.data,
        reason=form.reason.data or "",
        basis=form.basis.data or "",
        by=actor(),
        now=now(),
    )


def _ended(exemption: Exemption) -> str:
    if exemption.is_suspension:
        return gettext("The suspension is ended.")
    return gettext("The exemption is ended.")


def _of(membership: Membership, exemption_id: UUID) -> Exemption:
    found = db().get(Exemption, exemption_id)
    if found is None or found.user_id != membership.user_id:
        raise Missing(N_("There is nothing here."))
    return found


def _exemption(membership: Membership, form: ExemptForm) -> str:
    return render_template("org/exempt.html", membership=membership, form=form)


def _suspension(membership: Membership, form: SuspendForm) -> str:
    return render_template("org/suspend.html", membership=membership, form=form)


def _end(membership: Membership, exemption: Exemption, form: EndForm) -> str:
    return render_template(
        "org/end_exemption.html", membership=membership, exemption=exemption, form=form
    )
