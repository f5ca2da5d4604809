"""Who of a cell would be reminded, of what; then the reminder itself."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from studyhub.access import policy
from studyhub.kernel.ids import UserId
from studyhub.org.models import Unit
from studyhub.reminding import queries, service
from studyhub.reminding.lacking import WORDS
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import actor, db, now

reminding = Blueprint("reminding", __name__, url_prefix="/reminding")


@reminding.get("/<uuid:round_id>/<uuid:unit_id>")
@on(StudyRound, may=policy.see_round)
@on(Unit, may=policy.remind_in)
def preview(round_: StudyRound, cell: Unit) -> ResponseReturnValue:
    """Who owes what, all chosen but those reminded today; nothing is sent by looking."""
    if round_.state is not RoundState.OPEN or not cell.is_cell:
        return redirect(_figures(round_, cell))
    return _page(round_, cell, Form())


@reminding.post("/<uuid:round_id>/<uuid:unit_id>")
@on(StudyRound, may=policy.see_round, holds=False)
@on(Unit, may=policy.remind_in, holds=False)
def remind(round_: StudyRound, cell: Unit) -> ResponseReturnValue:
    """Remind those who were chosen; one may also note that somebody was told in person."""
    told = request.form.get("told", type=UUID)
    if told:
        return _note_told(round_, cell, UserId(told))
    form = Form()
    with refusals(form):
        made = service.remind(db(), round_, cell, _chosen(), by=actor(), now=now())
    if form.errors or form.form_errors:
        return _page(round_, cell, form, chosen=set(_chosen())), 422
    said = ngettext(
        "%(num)d comrade has been reminded.", "%(num)d comrades have been reminded.", len(made)
    )
    flash(said, "ok")
    return redirect(_figures(round_, cell))


def _note_told(round_: StudyRound, cell: Unit, user_id: UserId) -> ResponseReturnValue:
    form = Form()
    with refusals(form):
        service.note_told(db(), round_, cell, user_id, by=actor(), now=now())
    if form.form_errors:
        return _page(round_, cell, form, chosen=set(_chosen())), 422
    flash(gettext("Noted: told in person."), "ok")
    return redirect(url_for(".preview", round_id=round_.id, unit_id=cell.id))


def _chosen() -> list[UserId]:
    return [UserId(one) for one in request.form.getlist("person", type=UUID)]


def _figures(round_: StudyRound, cell: Unit) -> str:
    return url_for("completion.show", round_id=round_.id, unit_id=cell.id)


def _page(round_: StudyRound, cell: Unit, form: Form, *, chosen: set[UserId] | None = None) -> str:
    found = queries.candidates(db(), round_, cell.id, by=actor(), now=now())
    left = [one for one in found if not one.reminded_today]
    return render_template(
        "reminding/preview.html",
        round=round_,
        unit=cell,
        form=form,
        words=WORDS,
        candidates=found,
        left=left,
        chosen={one.user.id for one in left} if chosen is None else chosen,
        to_call=[one for one in found if not one.signs_in],
    )
