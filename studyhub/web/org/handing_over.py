"""Handing a post over: to whom, from which day, what moves with it; shown first, then done."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, reach
from studyhub.accounts.models import User
from studyhub.essays.leading import note_leaders
from studyhub.kernel.clock import ONE_DAY
from studyhub.org import queries, service
from studyhub.org.handing_over import require_possible
from studyhub.org.models import Appointment, Unit
from studyhub.review import handover
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import HandOverForm
from studyhub.web.org.posts import held_on, meant
from studyhub.web.request import actor, db, now, today


@org.get("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/hand-over")
@on(Unit, may=policy.change_unit)
def ask_to_hand_over(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """To whom and from which day; once that is typed, all that will happen."""
    held, form = held_on(unit, appointment_id), HandOverForm(request.args or None, since=today())
    if not request.args:
        return _page(held, form)
    to: User | None = None
    if form.validate():
        with refusals(form):
            to = _meant(held, form)
            require_possible(db(), held, to, since=_since(form), until=form.until.data)
    if form.errors:
        return _page(held, form), 422
    return _page(held, form, to=to)


@org.post("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/hand-over")
@on(Unit, may=policy.change_unit)
def hand_over(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """The term of the former ends the day before; what waits waits for the new one."""
    held, form = held_on(unit, appointment_id), HandOverForm(request.form)
    if form.validate():
        with refusals(form), db().begin_nested():
            begun = _hand_over(held, _meant(held, form), form)
    if form.errors:
        return _page(held, form), 422
    flash(_handed_over(begun), "ok")
    return redirect(url_for(".show_posts", unit_id=unit.id))


def _hand_over(held: Appointment, to: User, form: HandOverForm) -> Appointment:
    begun = service.hand_over(
        db(),
        held,
        to,
        since=_since(form),
        until=form.until.data,
        basis=form.basis.data or "",
        by=actor(),
        now=now(),
    )
    note_leaders(db(), today(), who=to)
    return begun


def _meant(held: Appointment, form: HandOverForm) -> User:
    """Whoever is meant; a post in a cell is for its members, so they are meant first."""
    own = queries.members_of(db(), held.unit, today()) if held.unit.is_cell else []
    return meant(form.who.data or "", [one.user.id for one in own])


def _since(form: HandOverForm) -> date:
    return form.since.data or today()


def _handed_over(begun: Appointment) -> str:
    if begun.since > today():
        return gettext(
            "%(name)s takes up the post on %(day)s.",
            name=begun.user.full_name,
            day=f"{begun.since:%d/%m/%Y}",
        )
    return gettext("%(name)s takes up the post.", name=begun.user.full_name)


def _page(held: Appointment, form: HandOverForm, *, to: User | None = None) -> str:
    unit = held.unit
    members = queries.members_of(db(), unit, today()) if unit.is_cell else []
    return render_template(
        "org/hand_over.html",
        unit=unit,
        held=held,
        form=form,
        members=[member for member in members if member.user.id != held.user_id],
        preview=_preview(held, to, _since(form)) if to else None,
    )


def _preview(held: Appointment, to: User, since: date) -> dict[str, object]:
    unit, last, judges = held.unit, since - ONE_DAY, held.post in reach.JUDGES
    others = [row for row in queries.posts_on(db(), unit, since) if row.id != held.id]
    both = [held.user_id, to.id]
    return {
        "to": to,
        "since": since,
        "last": min(last, held.until) if held.until else last,
        "judges": judges,
        "piles": handover.piles(db(), unit, held.user_id, successor_id=to.id) if judges else [],
        "own": handover.under_way(db(), unit, both) if judges else [],
        "besides": [row for row in others if row.user_id in both],
        "deputies": [row for row in others if row.post in reach.JUDGES],
    }
