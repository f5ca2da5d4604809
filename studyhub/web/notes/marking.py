"""Marking a passage: from the reading page by its script, else a whole paragraph by a page."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.library.models import Document
from studyhub.notes import service
from studyhub.notes.models import Note
from studyhub.web.errors import wants_json
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.notes.answers import place, shown
from studyhub.web.notes.blueprint import notes
from studyhub.web.notes.forms import MarkForm
from studyhub.web.request import actor, db, now


@notes.get("/documents/<uuid:document_id>/mark")
@on(Document, may=policy.read_document)
def choose(document: Document) -> ResponseReturnValue:
    """One paragraph, to be marked, with room for a note."""
    form = MarkForm(request.args)
    form.words.data = _paragraph(document, form)
    return _page(document, form)


@notes.post("/documents/<uuid:document_id>/mark")
@on(Document, may=policy.read_document, holds=False)
def mark(document: Document) -> ResponseReturnValue:
    """Keep the mark, and the note if there is one."""
    form = MarkForm(request.form)
    if wants_json():
        if not form.validate():
            raise Unfit(N_("This is too long. Shorten it."))
        return shown(_mark(document, form))
    if form.validate():
        with refusals(form):
            note = _mark(document, form)
            flash(gettext("The passage is marked. Only you can see it."), "ok")
            return redirect(place(note), 303)
    return _page(document, form), 422


def _mark(document: Document, form: MarkForm) -> Note:
    words, text = form.words.data or "", form.text.data or ""
    return service.mark(db(), document, form.spot, words=words, text=text, by=actor(), now=now())


def _page(document: Document, form: MarkForm) -> str:
    return render_template("notes/mark.html", document=document, form=form)


def _paragraph(document: Document, form: MarkForm) -> str:
    spot = form.spot
    parts = document.parts[spot.part : spot.part + 1]
    found = parts[0].paragraphs[spot.paragraph : spot.paragraph + 1] if parts else []
    if not found:
        raise Missing(N_("There is no such paragraph in this document."))
    return found[0]
