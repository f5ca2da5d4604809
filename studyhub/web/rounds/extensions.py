"""More time for one person on the list, or for a whole cell: given, listed, and taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Missing
from studyhub.kernel.ids import UnitId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.rounds import extensions
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Extension, StudyRound, Summons
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.more_time import ExtendForm
from studyhub.web.request import actor, db, now, zone
from studyhub.web.rounds.lists import ReasonForm, summons_of
from studyhub.web.rounds.views import rounds


@rounds.get("/<uuid:round_id>/extensions")
@on(StudyRound, may=policy.manage_round)
def extended(round_: StudyRound) -> ResponseReturnValue:
    """Who has more time, why, and who gave it."""
    found = extensions.of_round(db(), round_)
    return render_template("rounds/extensions.html", round=round_, extensions=found)


@rounds.get("/<uuid:round_id>/list/<uuid:summons_id>/extend")
@on(StudyRound, may=policy.manage_round)
def extending_person(round_: StudyRound, summons_id: UUID) -> ResponseReturnValue:
    """What more time for one person means."""
    summons = summons_of(round_, summons_id)
    if round_.state is not RoundState.OPEN:
        return redirect(url_for(".show", round_id=round_.id))
    return _page(round_, _fresh(round_), summons=summons)


@rounds.post("/<uuid:round_id>/list/<uuid:summons_id>/extend")
@on(StudyRound, may=policy.manage_round)
def extend_person(round_: StudyRound, summons_id: UUID) -> ResponseReturnValue:
    """Give one person more time."""
    summons = summons_of(round_, summons_id)
    return _give(round_, partial(extensions.extend_person, db(), summons), summons=summons)


@rounds.get("/<uuid:round_id>/cells/<uuid:unit_id>/extend")
@on(StudyRound, may=policy.manage_round)
def extending_cell(round_: StudyRound, unit_id: UUID) -> ResponseReturnValue:
    """What more time for a whole cell means."""
    cell = _cell(round_, unit_id)
    if round_.state is not RoundState.OPEN:
        return redirect(url_for(".show", round_id=round_.id))
    return _page(round_, _fresh(round_), cell=cell)


@rounds.post("/<uuid:round_id>/cells/<uuid:unit_id>/extend")
@on(StudyRound, may=policy.manage_round)
def extend_cell(round_: StudyRound, unit_id: UUID) -> ResponseReturnValue:
    """Give everybody of a cell more time."""
    cell = _cell(round_, unit_id)
    return _give(round_, partial(extensions.extend_cell, db(), round_, cell), cell=cell)


@rounds.get("/<uuid:round_id>/extensions/<uuid:extension_id>/take-back")
@on(StudyRound, may=policy.manage_round)
def taking_time_back(round_: StudyRound, extension_id: UUID) -> ResponseReturnValue:
    """What taking it back means."""
    extension = _extension(round_, extension_id)
    if extension.taken_back_at or round_.state is not RoundState.OPEN:
        return redirect(url_for(".extended", round_id=round_.id))
    return render_template(
        "rounds/take_time_back.html", round=round_, extension=extension, form=ReasonForm()
    )


@rounds.post("/<uuid:round_id>/extensions/<uuid:extension_id>/take-back")
@on(StudyRound, may=policy.manage_round)
def take_time_back(round_: StudyRound, extension_id: UUID) -> ResponseReturnValue:
    """The time is not given after all."""
    extension, form = _extension(round_, extension_id), ReasonForm(request.form)
    if form.validate():
        with refusals(form):
            reason = form.reason.data or ""
            extensions.take_back(db(), extension, reason=reason, by=actor(), now=now())
    if form.errors:
        return render_template(
            "rounds/take_time_back.html", round=round_, extension=extension, form=form
        ), 422
    flash(gettext("The extension has ended."), "ok")
    return redirect(url_for(".extended", round_id=round_.id))


def _give(round_: StudyRound, extend: Callable[..., object], **whom: Any) -> ResponseReturnValue:
    """Give more time to whoever `extend` is about; on a refusal the page shows them again."""
    form = ExtendForm(request.form)
    if form.validate():
        with refusals(form):
            extend(form.until, reason=form.reason.data or "", by=actor(), now=now())
    if form.errors:
        return _page(round_, form, **whom), 422
    flash(gettext("More time has been given."), "ok")
    return redirect(url_for(".extended", round_id=round_.id))


def _fresh(round_: StudyRound) -> ExtendForm:
    return ExtendForm(data={"closes_at": round_.closes_at.astimezone(zone()).time()})


def _page(
    round_: StudyRound,
    form: ExtendForm,
    *,
    summons: Summons | None = None,
    cell: Unit | None = None,
) -> str:
    return render_template(
        "rounds/more_time.html", round=round_, form=form, summons=summons, cell=cell
    )


def _cell(round_: StudyRound, unit_id: UUID) -> Unit:
    cell = db().get(Unit, unit_id)
    if cell is None or not extensions.of_cell(db(), round_, UnitId(cell.id)):
        raise Missing(N_("There is nothing here."))
    return cell


def _extension(round_: StudyRound, extension_id: UUID) -> Extension:
    found = db().get(Extension, extension_id)
    if found is None or found.round_id != round_.id:
        raise Missing(N_("There is nothing here."))
    return found
