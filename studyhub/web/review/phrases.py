"""Phrases kept for reuse: the page that keeps them, and the list for the script of the desk."""

from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from studyhub.access import policy, scope
from studyhub.access.reach import JUDGES
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.review import phrases
from studyhub.review.phrases import Phrase
from studyhub.web.forms import refusals
from studyhub.web.guard import holding
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now
from studyhub.web.review.forms import PhraseForm
from studyhub.web.review.sieving import as_id
from studyhub.web.review.views import review

THOSE = (*JUDGES, Post.OFFICER)


@review.get("/phrases")
@holding(*THOSE)
def kept_phrases() -> ResponseReturnValue:
    """One's own and those shared; in short for the script, which asks for JSON."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify([{"letters": one.letters, "text": one.text} for one in _at_hand()])
    return _page(PhraseForm())


@review.post("/phrases")
@holding(*THOSE)
def keep_phrase() -> ResponseReturnValue:
    """Keep one, for oneself or for all who judge in the unit."""
    form = PhraseForm(request.form)
    with refusals(form):
        unit = _shared_in(form)
        phrases.keep_phrase(
            db(), form.text.data or "", form.letters.data or "", by=actor(), now=now(), unit=unit
        )
    if form.errors or form.form_errors:
        return _page(form), 422
    flash(gettext("The phrase is kept."), "ok")
    return redirect(url_for(".kept_phrases"))


@review.post("/phrases/<uuid:phrase_id>/remove")
@holding(*THOSE)
def remove_phrase(phrase_id: UUID) -> ResponseReturnValue:
    """Keep it no longer."""
    phrase = next((one for one in _at_hand() if one.id == phrase_id), None)
    if phrase is None or not _may_keep(phrase):
        raise Missing(N_("There is nothing here."))
    phrases.remove_phrase(db(), phrase, by=actor(), now=now())
    flash(gettext("The phrase is removed. What was written with it stays."), "ok")
    return redirect(url_for(".kept_phrases"))


def _page(form: PhraseForm) -> str:
    found = _at_hand()
    return render_template(
        "review/phrases.html",
        form=form,
        own=[one for one in found if one.owner_id],
        shared=[one for one in found if one.unit_id],
        mine={one.id for one in found if _may_keep(one)},
        units=_units(),
    )


def _at_hand() -> list[Phrase]:
    return list(phrases.at_hand(db(), actor(), actor().territory(*THOSE)))


def _may_keep(phrase: Phrase) -> bool:
    if phrase.unit is not None:
        return policy.share_phrases(actor(), phrase.unit)
    return phrase.owner_id == actor().user_id


def _units() -> list[Unit]:
    """The units whose phrases this person keeps: those an officer sits on, not all below."""
    seats = actor().seats(Post.OFFICER)
    found = select(Unit).where(Unit.path.in_(seats), scope.phrase_units(actor()))
    return list(db().scalars(found.order_by(Unit.path)))


def _shared_in(form: PhraseForm) -> Unit | None:
    identity = as_id(form.unit.data or "")
    if identity is None:
        return None
    unit = db().get(Unit, identity)
    if unit is None or not policy.share_phrases(actor(), unit):
        raise Missing(N_("There is nothing here."))
    return unit
