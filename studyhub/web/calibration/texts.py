"""The three essays: pasted, or taken from a closed round without what tells whose they are."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.calibration import queries, setting_up
from studyhub.calibration.models import TEXTS, Calibration, CalibrationText
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.web.calibration.blueprint import calibration
from studyhub.web.calibration.forms import TextForm
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


@calibration.get("/<uuid:calibration_id>/texts/<int:position>")
@on(Calibration, may=policy.manage_calibration)
def edit(made: Calibration, position: int) -> ResponseReturnValue:
    """The text as everybody will read it, to be pasted or corrected."""
    whole = queries.whole(db(), made.id)
    text = _at(whole, position)
    form = TextForm(_titles(whole, text))
    if text:
        form.texts = [part["text"] for part in text.parts]
    return _page(whole, position, form)


@calibration.post("/<uuid:calibration_id>/texts/<int:position>")
@on(Calibration, may=policy.manage_calibration)
def put(made: Calibration, position: int) -> ResponseReturnValue:
    """Keep it."""
    whole = queries.whole(db(), made.id)
    form = TextForm(_titles(whole, _at(whole, position)), request.form)
    with refusals(form):
        setting_up.put_text(db(), whole, position, form.parts, by=actor(), now=now())
    if form.errors:
        return _page(whole, position, form), 422
    flash(gettext("The text is kept."), "ok")
    return redirect(url_for(".show", calibration_id=made.id))


@calibration.post("/<uuid:calibration_id>/texts/<int:position>/clear")
@on(Calibration, may=policy.manage_calibration)
def clear(made: Calibration, position: int) -> ResponseReturnValue:
    """Away with it, to choose another."""
    setting_up.clear_text(db(), made, position, by=actor(), now=now())
    flash(gettext("The text is taken away."), "ok")
    return redirect(url_for(".show", calibration_id=made.id))


@calibration.get("/<uuid:calibration_id>/texts/<int:position>/choose")
@on(Calibration, may=policy.manage_calibration)
def choose(made: Calibration, position: int) -> ResponseReturnValue:
    """Accepted essays of closed rounds; whose they are is not told."""
    _expect_place(position)
    return render_template(
        "calibration/choose.html",
        made=made,
        round=made.round,
        position=position,
        found=queries.candidates(db(), scope.readable_essays(actor())),
    )


@calibration.post("/<uuid:calibration_id>/texts/<int:position>/take/<uuid:essay_id>")
@on(Calibration, may=policy.manage_calibration)
@on(Essay, may=policy.read_essay, holds=False)
def take(made: Calibration, essay: Essay, position: int) -> ResponseReturnValue:
    """Take it over, stripped, to be read once more by whoever sets this up."""
    _expect_place(position)
    if queries.one_candidate(db(), essay.id, scope.readable_essays(actor())) is None:
        raise Missing(N_("There is nothing here."))
    setting_up.take_essay(db(), made, position, essay, by=actor(), now=now())
    flash(gettext("Taken over. Read it once more: what still tells whose it is, take out."), "ok")
    return redirect(url_for(".edit", calibration_id=made.id, position=position))


def _expect_place(position: int) -> None:
    if not 1 <= position <= TEXTS:
        raise Missing(N_("There is nothing here."))


def _at(made: Calibration, position: int) -> CalibrationText | None:
    _expect_place(position)
    return next((one for one in made.texts if one.position == position), None)


def _titles(made: Calibration, text: CalibrationText | None) -> list[str]:
    """Those of the text; of a new one the questions of the round."""
    if text:
        return [part["title"] for part in text.parts]
    return [question.title for question in made.round.questions] or [gettext("Essay")]


def _page(made: Calibration, position: int, form: TextForm) -> str:
    return render_template(
        "calibration/text.html",
        made=made,
        round=made.round,
        position=position,
        text=_at(made, position),
        form=form,
    )
