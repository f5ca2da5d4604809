"""The author says whether their essay may be published, and how they want to be named."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.booklet import answering, shelf
from studyhub.booklet.models import GoodEssay, Naming
from studyhub.web.booklet.blueprint import booklet
from studyhub.web.booklet.forms import NO, ConsentForm
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


@booklet.get("/<uuid:good_id>/consent")
@on(GoodEssay, may=policy.answer_for_good_essay, secret=True)
def asked(good: GoodEssay) -> ResponseReturnValue:
    """What is asked, what would be seen by whom, and the answer so far."""
    return _page(good, ConsentForm(said=good.naming.value if good.naming else _so_far(good)))


@booklet.post("/<uuid:good_id>/consent")
@on(GoodEssay, may=policy.answer_for_good_essay, secret=True)
def answer(good: GoodEssay) -> ResponseReturnValue:
    """Yes, named in one of three ways; or no, without a reason."""
    form = ConsentForm(request.form)
    if form.validate():
        with refusals(form):
            _answer(good, form.said.data)
    if form.errors:
        return _page(good, form), 422
    said = gettext("It is not published.")
    if good.naming:
        said = gettext("Thank you. It is published; you can take that back at any time.")
    flash(said, "ok")
    return redirect(url_for(".asked", good_id=good.id))


def _answer(good: GoodEssay, said: str) -> None:
    if said == NO:
        answering.refuse(db(), good, by=actor(), now=now())
    else:
        answering.agree(db(), good, naming=Naming(said), by=actor(), now=now())


def _so_far(good: GoodEssay) -> str:
    return NO if good.said_at else ""


def _page(good: GoodEssay, form: ConsentForm) -> str:
    whole = shelf.whole(db(), good.id)
    return render_template("booklet/consent.html", good=whole, essay=whole.essay, form=form)
