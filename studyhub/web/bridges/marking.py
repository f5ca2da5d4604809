"""The list of a bridge point on the phone of whoever is in charge; the count; signing off."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, IntegerField, MultipleFileField
from wtforms.validators import InputRequired, Length, NumberRange

from studyhub.access import policy
from studyhub.accounts.models import User
from studyhub.bridges import closing, marking, queries
from studyhub.bridges.models import BridgePoint
from studyhub.kernel.errors import Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.web import assets, pictures
from studyhub.web.bridges.blueprint import bridges
from studyhub.web.csrf import token
from studyhub.web.fields import NameField
from studyhub.web.forms import refusals
from studyhub.web.guard import on, public
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import actor, db, now

WHOLE = N_("Type a whole number.")


class CountForm(Form):
    """How many sit in the hall, and why that is not what the list says."""

    headcount = IntegerField(
        N_("People you counted in the hall"),
        [InputRequired(WHOLE), NumberRange(min=0, max=100_000, message=WHOLE)],
    )
    difference = NameField(
        N_("Why count and list differ"), [Length(max=1000, message=N_("At most 1,000 characters."))]
    )


class PapersForm(Form):
    """Photos of the paper list."""

    papers = MultipleFileField(N_("Photos of the paper list"))


@bridges.get("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker of these pages: they open without a connection."""
    return assets.script("worker.js")


@bridges.get("/<uuid:point_id>")
@on(BridgePoint, may=policy.mark_bridge)
def show(point: BridgePoint) -> ResponseReturnValue:
    """The list by cell, the count, the photos."""
    return _page(point, CountForm(data={"headcount": point.headcount}))


@bridges.get("/<uuid:point_id>/stands")
@on(BridgePoint, may=policy.mark_bridge)
def stands(point: BridgePoint) -> ResponseReturnValue:
    """For the script: who is marked now, and a token for what it has to send."""
    here = [
        str(seat.summons.user_id)
        for bench in queries.benches(db(), point)
        for seat in bench.seats
        if seat.here
    ]
    return jsonify(here=here, open=point.is_open(now()), token=token())


@bridges.post("/<uuid:point_id>")
@on(BridgePoint, may=policy.mark_bridge)
def mark(point: BridgePoint) -> ResponseReturnValue:
    """Who sits here: from the script only what was ticked, else all that the page showed."""
    if request.is_json:
        told = request.get_json(silent=True)
        marks = told.get("marks") if isinstance(told, dict) else None
        if not isinstance(marks, dict):
            raise Unfit(N_("This page is incomplete. Reload it."))
        made = marking.mark(db(), point, _named(marks), by=actor(), now=now())
        return jsonify(marked=closing.count_marked(db(), point), twice=_twice(made))
    here = set(request.form.getlist("here"))
    shown = {one: one in here for one in request.form.getlist("listed")}
    made = marking.mark(db(), point, _named(shown), by=actor(), now=now())
    said = ngettext("Saved: %(num)d mark has changed.", "Saved: %(num)d marks have changed.",
                    made.changed)  # fmt: skip
    flash(said if made.changed else gettext("Nothing has changed."), "ok")
    for one in _twice(made):
        flash(gettext("%(name)s is marked at %(hall)s, too; it counts once.", **one), "warn")
    return redirect(url_for(".show", point_id=point.id))


@bridges.post("/<uuid:point_id>/sign-off")
@on(BridgePoint, may=policy.mark_bridge)
def sign_off(point: BridgePoint) -> ResponseReturnValue:
    """Count and list agree, or it is said why not: the list is closed."""
    form = CountForm(request.form)
    if form.validate():
        with refusals(form):
            closing.sign_off(
                db(), point, headcount=form.headcount.data or 0,
                difference=form.difference.data or "", by=actor(), now=now(),
            )  # fmt: skip
    if form.errors:
        return _page(point, form), 422
    flash(gettext("The list is signed off. Thank you for your work."), "ok")
    return redirect(url_for(".show", point_id=point.id))


@bridges.post("/<uuid:point_id>/papers")
@on(BridgePoint, may=policy.mark_bridge)
def add_papers(point: BridgePoint) -> ResponseReturnValue:
    """Keep photos of the paper list."""
    form, point_id = PapersForm(), point.id
    with request, refusals(form):  # what was uploaded is let go at the end
        made = pictures.kept(request.files.getlist("papers"), about="papers")
        if not made:
            raise Unfit(N_("Choose photos, or one PDF."), about="papers")
        held = db().get_one(BridgePoint, point_id, with_for_update={"of": BridgePoint})
        closing.keep_papers(db(), held, made, by=actor(), now=now())
    if form.errors:
        return _page(point, CountForm(), form), 422
    flash(gettext("The photos are kept beside the list."), "ok")
    return redirect(url_for(".show", point_id=point_id, _anchor="paper-list"))


@bridges.get("/<uuid:point_id>/papers/<int:number>")
@on(BridgePoint, may=policy.mark_bridge)
def paper(point: BridgePoint, number: int) -> Response:
    """One photo of the paper list."""
    return pictures.shown(point.papers, number)


@bridges.post("/<uuid:point_id>/reopen")
@on(BridgePoint, may=policy.keep_bridge)
def reopen(point: BridgePoint) -> ResponseReturnValue:
    """The list was signed off too early."""
    closing.reopen(db(), point, by=actor(), now=now())
    flash(gettext("The list is open again."), "ok")
    return redirect(url_for(".show", point_id=point.id))


def _named(marks: dict[Any, Any]) -> dict[UserId, bool]:
    try:
        return {UserId(UUID(str(one))): bool(is_here) for one, is_here in marks.items()}
    except ValueError:
        raise Unfit(N_("This page is incomplete. Reload it.")) from None


def _twice(made: marking.Marked) -> list[dict[str, str]]:
    people = {user_id: db().get_one(User, user_id).full_name for user_id in made.elsewhere}
    return [{"name": people[one], "hall": hall} for one, hall in made.elsewhere.items()]


def _page(point: BridgePoint, form: CountForm, papers: PapersForm | None = None) -> str:
    words = request.args.get("q", "")[:100]
    benches = queries.benches(db(), point)
    return render_template(
        "bridges/show.html",
        point=point,
        session=point.session,
        benches=benches,
        marked=sum(bench.here for bench in benches),
        form=form,
        papers=papers or PapersForm(),
        kinds=pictures.KINDS,
        words=words,
        found=queries.found_elsewhere(db(), point, words) if words else [],
        open=point.is_open(now()) and point.session.round.state == "open",
    )
