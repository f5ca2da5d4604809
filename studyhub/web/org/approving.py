"""Approving what a cell asks for: shown first with all that will happen, then done at once."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_
from studyhub.org import petitioning
from studyhub.org.exemptions import require_endable, require_none
from studyhub.org.leaving import posts_after
from studyhub.org.models import Membership
from studyhub.org.petitions import Petition, Wish
from studyhub.org.rules import require_order
from studyhub.study.touched import BACK_TO_DUTY, Act, Step
from studyhub.web.fields import moment
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org import rounds
from studyhub.web.org.asking_forms import (
    ApproveAwayForm,
    ApproveEndForm,
    ApproveExemptionForm,
    ApproveForm,
)
from studyhub.web.org.blueprint import org
from studyhub.web.org.dated import possible
from studyhub.web.request import actor, db, now, today, zone

ACTS = {Wish.TRANSFER: Act.LEAVE, Wish.EXEMPTION: Act.EXEMPT, Wish.END_OF_EXEMPTION: Act.RETURN}


@org.get("/petitions/<uuid:petition_id>/approve")
@on(Petition, may=policy.decide_petition)
def ask_to_approve(petition: Petition) -> ResponseReturnValue:
    """Day and decision; then all that will happen. Of a transfer: to a place outside."""
    membership = petitioning.membership_meant(db(), petition)
    if not petition.is_open or membership is None:
        return redirect(url_for(".show_petition", petition_id=petition.id))
    form = _form(petition)
    if not request.args:
        return _page(petition, membership, form, shown=False)
    shown = possible(form, lambda: _require(petition, membership, form))
    return _page(petition, membership, form, shown=shown), 200 if shown else 422


@org.post("/petitions/<uuid:petition_id>/approve")
@on(Petition, may=policy.decide_petition)
def approve(petition: Petition) -> ResponseReturnValue:
    """Do what was asked, with the chosen changes of rounds: all of it, or nothing."""
    membership, form = meant(petition), _form(petition)
    fits = form.validate()
    if fits:
        with refusals(form), db().begin_nested():
            _do(petition, form)
    if form.errors:
        return _page(petition, membership, form, shown=fits), 422
    return done(petition)


def meant(petition: Petition) -> Membership:
    """The membership it is about, as long as the person belongs to the cell that asked."""
    petitioning.require_asked(petition)
    membership = petitioning.membership_meant(db(), petition)
    if membership is None:
        raise Untimely(N_("The member belongs to this cell no longer. Decline the request."))
    return membership


def done(petition: Petition) -> ResponseReturnValue:
    """Back to the request, which says now that it was approved."""
    flash(gettext("Approved and carried out; the cell is told."), "ok")
    return redirect(url_for(".show_petition", petition_id=petition.id))


def _form(petition: Petition) -> ApproveForm:
    """Filled in as the cell wished, until something else is typed."""
    typed, since = (request.form or request.args) or None, petition.since or today()
    if petition.wish is Wish.EXEMPTION:
        return ApproveExemptionForm(typed, since=since, until=petition.until)
    if petition.wish is Wish.END_OF_EXEMPTION:
        return ApproveEndForm(typed, until=since)
    return ApproveAwayForm(typed, on=since)


def _step(petition: Petition, form: ApproveForm) -> Step:
    """What open rounds are asked about."""
    act, first = ACTS[petition.wish], _first(form)
    return Step(act=act, since=first, until=form.data.get("until") if act is Act.EXEMPT else None)


def _first(form: ApproveForm) -> date:
    """The first day on which things are different."""
    if isinstance(form, ApproveEndForm):
        return (form.until.data or today()) + ONE_DAY
    day: date | None = form.data.get("since") or form.data.get("on")
    return day or today()


def _require(petition: Petition, membership: Membership, form: ApproveForm) -> None:
    """Refuse now what the deed would refuse."""
    step = _step(petition, form)
    if step.act is Act.EXEMPT:
        require_none(db(), petition.user, step.since, step.until)
    elif step.act is Act.LEAVE:
        require_order(membership.since, step.since - ONE_DAY)
    else:
        exemption = petitioning.exemption_to_end(db(), membership, today())
        if exemption is None:
            raise Untimely(N_("The member is not exempt any more."))
        require_endable(exemption, step.since - ONE_DAY)


def _do(petition: Petition, form: ApproveForm) -> None:
    step, basis = _step(petition, form), form.basis.data or ""
    last = step.since - ONE_DAY
    deeds: dict[Act, tuple[Callable[..., object], dict[str, Any]]] = {
        Act.EXEMPT: (
            petitioning.approve_exemption, {"since": step.since, "until": step.until},
        ),
        Act.RETURN: (petitioning.approve_end_of_exemption, {"until": last}),
        Act.LEAVE: (
            petitioning.approve_moving_away,
            {"until": last, "closes_at": moment(step.since, time.min, zone())},
        ),
    }  # fmt: skip
    deed, days = deeds[step.act]
    deed(db(), petition, decision=basis, by=actor(), now=now(), **days)
    rounds.change_calls(petition.user, step, reason=_reason(petition, step), basis=basis)


def _reason(petition: Petition, step: Step) -> str:
    """What stands on the list of a round that is changed together with the act."""
    if step.act is Act.LEAVE:
        return gettext("Transferred to an organization outside")
    return BACK_TO_DUTY if step.act is Act.RETURN else petition.reason


def _page(petition: Petition, membership: Membership, form: ApproveForm, *, shown: bool) -> str:
    step = _step(petition, form)
    last = step.since - ONE_DAY
    leaves = shown and step.act is Act.LEAVE
    return render_template(
        "org/approve.html",
        petition=petition,
        membership=membership,
        form=form,
        step=step,
        last=last,
        posts=posts_after(db(), petition.user, last) if leaves else [],
        lists=rounds.foreseen(petition.user, step) if shown else None,
        chosen=rounds.chosen(),
    )
