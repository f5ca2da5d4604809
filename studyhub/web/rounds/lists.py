"""The summoned list: who is on it, and the named, reasoned acts that change it."""

from collections.abc import Callable, Mapping
from itertools import groupby
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement
from wtforms import Form, RadioField
from wtforms.validators import InputRequired, Length

from studyhub.access import policy
from studyhub.accounts.models import User
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org.tree import order
from studyhub.rounds import queries
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study import calling
from studyhub.web.fields import NameField
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now, today
from studyhub.web.rounds.views import rounds

ACTS: Mapping[str, Callable[..., None]] = {
    Call.REQUIRED.value: calling.require,
    Call.EXEMPT.value: calling.exempt,
    Call.RELEASED.value: calling.release,
}


class ReasonForm(Form):
    """Why."""

    reason = NameField(
        N_("Reason"),
        [
            InputRequired(N_("Give the reason.")),
            Length(max=1000, message=N_("At most 1,000 characters.")),
        ],
    )


class CallForm(ReasonForm):
    """How a person is called from now on, and why."""

    call = RadioField(
        N_("From now on"),
        [InputRequired(N_("Choose one."))],
        choices={
            Call.REQUIRED.value: N_("Summoned: everything the round asks for is expected"),
            Call.EXEMPT.value: N_("Exempt: may take part, is not counted"),
            Call.RELEASED.value: N_("Released: off the list"),
        },
    )


@rounds.get("/<uuid:round_id>/list")
@on(StudyRound, may=policy.manage_round)
def summoned(round_: StudyRound) -> ResponseReturnValue:
    """Everybody on the list by cell, found by name without marks; and who could be added."""
    search = request.args.get("q", "")
    listed = sorted(queries.on_the_list(db(), round_, search=search), key=_place)
    cells = [(cell, list(rows)) for cell, rows in groupby(listed, key=lambda row: row.cell)]
    members = queries.members_within(round_.unit.path, today())
    return render_template(
        "rounds/list.html",
        round=round_,
        cells=cells,
        search=search,
        changers=queries.changers(db(), listed),
        others=_others(round_, search, members),
    )


@rounds.get("/<uuid:round_id>/list/add/<uuid:person_id>")
@on(StudyRound, may=policy.manage_round)
def adding(round_: StudyRound, person_id: UUID) -> ResponseReturnValue:
    """What a late summons means."""
    person = _person(round_, person_id)
    return render_template("rounds/add.html", round=round_, person=person, form=ReasonForm())


@rounds.post("/<uuid:round_id>/list/add/<uuid:person_id>")
@on(StudyRound, may=policy.manage_round)
def add(round_: StudyRound, person_id: UUID) -> ResponseReturnValue:
    """Summon the person late."""
    person, form = _person(round_, person_id), ReasonForm(request.form)
    if form.validate():
        with refusals(form):
            reason = form.reason.data or ""
            calling.summon_late(db(), round_, person, reason=reason, by=actor(), now=now())
    if form.errors:
        return render_template("rounds/add.html", round=round_, person=person, form=form), 422
    flash(gettext("%(name)s is on the list now.", name=person.full_name), "ok")
    return redirect(url_for(".summoned", round_id=round_.id))


@rounds.get("/<uuid:round_id>/list/<uuid:summons_id>")
@on(StudyRound, may=policy.manage_round)
def calling_anew(round_: StudyRound, summons_id: UUID) -> ResponseReturnValue:
    """How the person is called, and what a change means."""
    return render_template(
        "rounds/call.html", round=round_, summons=summons_of(round_, summons_id), form=CallForm()
    )


@rounds.post("/<uuid:round_id>/list/<uuid:summons_id>")
@on(StudyRound, may=policy.manage_round)
def call_anew(round_: StudyRound, summons_id: UUID) -> ResponseReturnValue:
    """Release, exempt, or require again."""
    summons, form = summons_of(round_, summons_id), CallForm(request.form)
    if form.validate():
        with refusals(form):
            act = ACTS[form.call.data]
            act(db(), summons, reason=form.reason.data or "", by=actor(), now=now())
    if form.errors:
        return render_template("rounds/call.html", round=round_, summons=summons, form=form), 422
    flash(gettext("The list has been changed."), "ok")
    return redirect(url_for(".summoned", round_id=round_.id))


def _place(summons: Summons) -> tuple[int, ...]:
    return order(summons.cell_path)


def _others(round_: StudyRound, search: str, members: ColumnElement[bool]) -> list[User]:
    return list(queries.not_on_the_list(db(), round_, search=search, members=members))


def _person(round_: StudyRound, person_id: UUID) -> User:
    """A member of the organization that holds the round; of others nothing is told."""
    person = db().get(User, person_id)
    if person is None or not queries.is_member(db(), person, round_.unit.path, today()):
        raise Missing(N_("There is nothing here."))
    return person


def summons_of(round_: StudyRound, summons_id: UUID) -> Summons:
    """A place on the list of this round."""
    summons = db().get(Summons, summons_id)
    if summons is None or summons.round_id != round_.id:
        raise Missing(N_("There is nothing here."))
    return summons
