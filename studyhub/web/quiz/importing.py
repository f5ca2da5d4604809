"""Taking over a file of questions: read, looked at with its faults, and only then kept.

Between the steps the file waits, under seal; nothing is written before it is confirmed.
"""

from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import CombinedMultiDict

from studyhub.access import policy
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.quiz import bank, pools, sandbox
from studyhub.quiz.found import Found
from studyhub.roster.errors import Unreadable
from studyhub.roster.waiting import Waiting
from studyhub.web.attachments import plain_name
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import ngettext
from studyhub.web.quiz.blueprint import quiz
from studyhub.web.quiz.forms import FileForm
from studyhub.web.request import actor, db, files, now
from studyhub.web.transaction import set_aside

LOST = N_("The file has gone missing on the way. Choose it again.")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question of the file, and whether the bank has it already."""

    found: Found
    is_known: bool

    @property
    def is_taken(self) -> bool:
        """Whether it is ticked to begin with."""
        return not self.is_known and not self.found.faults


@quiz.get("/bank/<uuid:unit_id>/import")
@on(Unit, may=policy.keep_bank)
def choose_file(unit: Unit) -> ResponseReturnValue:
    """Which file, and how its questions must be written."""
    return render_template("quiz/import.html", unit=unit, form=FileForm())


@quiz.post("/bank/<uuid:unit_id>/import")
@on(Unit, may=policy.keep_bank)
def read_file(unit: Unit) -> ResponseReturnValue:
    """Read it in a process of its own and show what was found."""
    unit_id = unit.id
    with request:  # what was uploaded is let go at the end
        form = FileForm(CombinedMultiDict((request.files, request.form)))
        if form.validate():
            with refusals(form):
                data, name = form.file.data.read(), plain_name(str(form.file.data.filename))
                with set_aside():
                    found = sandbox.read_safely(data, name)
                    key = Waiting.beside(files()).keep(data, now=now())
                unit = db().get_one(Unit, unit_id)
                return _preview(unit, found, _sealer().dumps([str(unit.id), key, name]), name)
    return render_template("quiz/import.html", unit=db().get_one(Unit, unit_id), form=form), 422


@quiz.get("/bank/<uuid:unit_id>/import/apply", endpoint="again_import")
@on(Unit, may=policy.keep_bank)
def again(unit: Unit) -> ResponseReturnValue:
    """The form holds everything and cannot be reopened by its address."""
    return redirect(url_for(".choose_file", unit_id=unit.id))


@quiz.post("/bank/<uuid:unit_id>/import/apply")
@on(Unit, may=policy.keep_bank)
def apply_import(unit: Unit) -> ResponseReturnValue:
    """Keep the questions that were ticked, all of them or none."""
    unit_id = unit.id
    key, name = _unsealed(unit)
    with set_aside():
        found = _read_again(key, name)
    unit = db().get_one(Unit, unit_id, with_for_update=True)
    ticked = {int(value) for value in request.form.getlist("take") if value.isdigit()}
    contents = [
        one.content for place, one in enumerate(found) if place in ticked and not one.faults
    ]
    if not contents:
        raise Unfit(N_("Tick at least one question that can be taken over."))
    count = bank.add_many(db(), unit, contents, by=actor(), now=now())
    said = ngettext("%(num)d question is in the bank.", "%(num)d questions are in the bank.", count)
    flash(said, "ok")
    return redirect(url_for(".show_bank", unit_id=unit_id))


def _preview(unit: Unit, found: list[Found], sealed: str, name: str) -> str:
    known = pools.known(db(), unit.id)
    rows = [Row(found=one, is_known=pools.mark(one.content) in known) for one in found]
    return render_template("quiz/preview.html", unit=unit, rows=rows, sealed=sealed, name=name)


def _unsealed(unit: Unit) -> tuple[str, str]:
    try:
        unit_id, key, name = _sealer().loads(request.form.get("source", ""))
    except (BadSignature, ValueError):
        raise Unfit(LOST) from None
    if unit_id != str(unit.id):
        raise Unfit(LOST)
    return str(key), str(name)


def _read_again(key: str, name: str) -> list[Found]:
    try:
        return sandbox.read_safely(Waiting.beside(files()).read(key), name)
    except Unreadable as refusal:
        raise Unfit(refusal.message) from refusal


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="the questions of a bank")
