"""Inviting members by mail instead of with a slip: whom, how many, and what became of it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.accounts import cards
from studyhub.kernel.words import N_
from studyhub.mail.models import Fate
from studyhub.org.cards import Candidate
from studyhub.org.models import Unit
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import ngettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.cards import obstacle, people_of
from studyhub.web.org.forms import CardsForm
from studyhub.web.request import actor, db, now, settings

NOBODY = N_("Tick at least one comrade.")


@org.get("/units/<uuid:unit_id>/invitations")
@on(Unit, may=policy.change_unit)
def choose_invitations(unit: Unit) -> ResponseReturnValue:
    """Whom; when they are chosen, what will be sent. At first those who never came are ticked."""
    people = people_of(unit)
    if "check" in request.args:
        form = CardsForm(request.args)
        chosen = _chosen(people, form)
        if chosen:
            return _check(unit, chosen)
        form.who.errors = [NOBODY]
        return _choice(unit, people, form)
    wanted = [row for row in people if not _hindrance(row) and row.is_new and not row.is_invited]
    return _choice(unit, people, CardsForm(who=[str(row.user.id) for row in wanted]))


@org.post("/units/<uuid:unit_id>/invitations")
@on(Unit, may=policy.change_unit)
def invite(unit: Unit) -> ResponseReturnValue:
    """Send them; the page then shows what became of each."""
    people, form = people_of(unit), CardsForm(request.form)
    chosen = _chosen(people, form)
    if not chosen:
        form.who.errors = [NOBODY]
        return _choice(unit, people, form), 422
    users = [row.user for row in chosen]
    with refusals(form):
        key = settings().secret_key
        cards.invite(db(), users, key=key, place=unit.id, by=actor(), now=now())
    if form.form_errors:
        return _choice(unit, people, form), 422
    flash(_said(len(users)), "ok")
    return redirect(url_for(".choose_invitations", unit_id=unit.id))


def _said(letters: int) -> str:
    return ngettext(
        "%(num)d invitation is on its way.", "%(num)d invitations are on their way.", letters
    )


def _chosen(people: Sequence[Candidate], form: CardsForm) -> list[Candidate]:
    return [row for row in people if form.names(row.user) and not _hindrance(row)]


def _hindrance(row: Candidate) -> str:
    """Why this person cannot be invited by mail; empty if they can."""
    if why := obstacle(row):
        return why
    if row.user.email:
        return ""
    if row.user.has_no_email:
        return N_("Has no e-mail address: make a slip.")
    return N_("No e-mail address is known: enter one, or make a slip.")


def _choice(unit: Unit, people: Sequence[Candidate], form: CardsForm) -> str:
    return render_template(
        "org/invitations.html",
        unit=unit,
        form=form,
        people=[(row, _hindrance(row)) for row in people],
        failed=[row for row in people if row.letter and row.letter.fate is Fate.FAILED],
    )


def _check(unit: Unit, chosen: Sequence[Candidate]) -> str:
    held = [row for row in chosen if row.card and not row.card.used_at]
    return render_template(
        "org/invitations_check.html",
        unit=unit,
        chosen=chosen,
        held=held,
        lasts=cards.LASTS.days,
    )
