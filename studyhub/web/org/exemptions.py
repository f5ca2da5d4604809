"""Exempting or suspending a member, and ending either: shown first, then done."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.accounts.models import User
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org import service
from studyhub.org.exemptions import exemption_to_extend, require_endable, require_none
from studyhub.org.models import Exemption, ExemptionKind, Membership
from studyhub.study.touched import BACK_TO_DUTY, Act, Step
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org import rounds
from studyhub.web.org.blueprint import org
from studyhub.web.org.dated import possible
from studyhub.web.org.forms import EndForm, ExemptForm
from studyhub.web.org.moving_forms import SuspendForm
from studyhub.web.request import actor, db, now, today


@org.get("/members/<uuid:membership_id>/exempt")
@on(Membership, may=policy.change_member)
def ask_to_exempt(membership: Membership) -> ResponseReturnValue:
    """Why, since when, perhaps until when; then all that will happen."""
    form = ExemptForm(request.args or None, **following(membership.user))
    return _asked(membership, form, Act.EXEMPT)


@org.post("/members/<uuid:membership_id>/exempt")
@on(Membership, may=policy.change_member)
def exempt(membership: Membership) -> ResponseReturnValue:
    """Exempt the person from duties and party activity."""
    return _done(membership, ExemptForm(request.form), Act.EXEMPT)


@org.get("/members/<uuid:membership_id>/suspend")
@on(Membership, may=policy.change_member)
def ask_to_suspend(membership: Membership) -> ResponseReturnValue:
    """By which decision, since when, perhaps until when; then all that will happen."""
    return _asked(membership, SuspendForm(request.args or None, since=today()), Act.SUSPEND)


@org.post("/members/<uuid:membership_id>/suspend")
@on(Membership, may=policy.change_member)
def suspend(membership: Membership) -> ResponseReturnValue:
    """Suspend the person from party activity."""
    return _done(membership, SuspendForm(request.form), Act.SUSPEND)


@org.get("/members/<uuid:membership_id>/exemptions/<uuid:exemption_id>/end")
@on(Membership, may=policy.change_member)
def ask_to_end_exemption(membership: Membership, exemption_id: UUID) -> ResponseReturnValue:
    """Its last day; then all that will happen."""
    exemption, form = _of(membership, exemption_id), EndForm(request.args or None, until=today())
    if not request.args:
        return _end(membership, exemption, form, shown=False)
    shown = possible(form, lambda: require_endable(exemption, form.until.data or today()))
    return _end(membership, exemption, form, shown=shown), 200 if shown else 422


@org.post("/members/<uuid:membership_id>/exemptions/<uuid:exemption_id>/end")
@on(Membership, may=policy.change_member)
def end_exemption(membership: Membership, exemption_id: UUID) -> ResponseReturnValue:
    """The person takes part again."""
    exemption, form = _of(membership, exemption_id), EndForm(request.form)
    fits = form.validate()
    if fits:
        with refusals(form), db().begin_nested():
            _end_it(exemption, form)
    if form.errors:
        return _end(membership, exemption, form, shown=fits), 422
    flash(_ended(exemption), "ok")
    return redirect(url_for(".show_member", membership_id=membership.id))


def following(user: User) -> dict[str, Any]:
    """From today; of somebody exempt until a day: from the next day, for the same reason."""
    ending = exemption_to_extend(db(), user, today())
    if ending is None or ending.until is None:
        return {"since": today()}
    return {"since": ending.until + ONE_DAY, "reason": ending.reason}


def _asked(membership: Membership, form: ExemptForm, act: Act) -> ResponseReturnValue:
    if not request.args:
        return _page(membership, form, act, shown=False)
    step = _step(form, act)
    shown = possible(form, lambda: require_none(db(), membership.user, step.since, step.until))
    return _page(membership, form, act, shown=shown), 200 if shown else 422


def _done(membership: Membership, form: ExemptForm, act: Act) -> ResponseReturnValue:
    """The exemption and the chosen changes of rounds: all of it, or nothing."""
    fits = form.validate()
    if fits:
        with refusals(form), db().begin_nested():
            _record(membership, form, act)
    if form.errors:
        return _page(membership, form, act, shown=fits), 422
    flash(_recorded(act), "ok")
    if still := rounds.still_required(membership.user, _step(form, act)):
        flash(still, "warn")
    return redirect(url_for(".show_member", membership_id=membership.id))


def _record(membership: Membership, form: ExemptForm, act: Act) -> None:
    step, reason, basis = _step(form, act), form.reason.data or "", form.basis.data or ""
    service.exempt(
        db(),
        membership.user,
        kind=ExemptionKind.SUSPENDED if act is Act.SUSPEND else ExemptionKind.EXEMPT,
        since=step.since,
        until=step.until,
        reason=reason,
        basis=basis,
        by=actor(),
        now=now(),
    )
    rounds.change_calls(membership.user, step, reason=reason, basis=basis)


def _end_it(exemption: Exemption, form: EndForm) -> None:
    until, basis = form.until.data or today(), form.basis.data or ""
    service.end_exemption(db(), exemption, until=until, basis=basis, by=actor(), now=now())
    rounds.change_calls(exemption.user, _return(form), reason=BACK_TO_DUTY, basis=basis)


def _step(form: ExemptForm, act: Act) -> Step:
    return Step(act=act, since=form.since.data or today(), until=form.until.data)


def _return(form: EndForm) -> Step:
    return Step(act=Act.RETURN, since=(form.until.data or today()) + ONE_DAY)


def _recorded(act: Act) -> str:
    if act is Act.SUSPEND:
        return gettext("The suspension is recorded.")
    return gettext("The exemption is recorded.")


def _ended(exemption: Exemption) -> str:
    if exemption.is_suspension:
        return gettext("The suspension is ended.")
    return gettext("The exemption is ended.")


def _of(membership: Membership, exemption_id: UUID) -> Exemption:
    found = db().get(Exemption, exemption_id)
    if found is None or found.user_id != membership.user_id:
        raise Missing(N_("There is nothing here."))
    return found


def _page(membership: Membership, form: ExemptForm, act: Act, *, shown: bool) -> str:
    template = "org/suspend.html" if act is Act.SUSPEND else "org/exempt.html"
    step = _step(form, act)
    lists = rounds.foreseen(membership.user, step) if shown else None
    return render_template(
        template, membership=membership, form=form, step=step, lists=lists, chosen=rounds.chosen()
    )


def _end(membership: Membership, exemption: Exemption, form: EndForm, *, shown: bool) -> str:
    step = _return(form)
    return render_template(
        "org/end_exemption.html",
        membership=membership,
        exemption=exemption,
        form=form,
        step=step,
        lists=rounds.foreseen(membership.user, step) if shown else None,
        chosen=rounds.chosen(),
    )
