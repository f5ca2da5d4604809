"""Correcting a document that is in the library already."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.library import notation, service
from studyhub.library.models import Document
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.library.blueprint import library
from studyhub.web.library.forms import DocumentForm
from studyhub.web.library.review import review
from studyhub.web.request import actor, db, now


@library.get("/<uuid:document_id>/change")
@on(Document, may=policy.change_document)
def edit(document: Document) -> ResponseReturnValue:
    """What is said about it, and its text, to be corrected."""
    form = DocumentForm(
        obj=document,
        type=str(document.type),
        text=notation.write(document.parts),
        seen=service.fingerprint(document),
    )
    return review(form, url_for(".change", document_id=document.id), document)


@library.post("/<uuid:document_id>/change")
@on(Document, may=policy.change_document)
def change(document: Document) -> ResponseReturnValue:
    """Save the correction, or show once more how it reads."""
    form = DocumentForm(request.form)
    if request.form.get("do") == "save" and form.validate():
        with refusals(form):
            return _saved(document, form)
    return review(form, url_for(".change", document_id=document.id), document)


def _saved(document: Document, form: DocumentForm) -> ResponseReturnValue:
    parts, seen = notation.read(form.text.data or ""), form.seen.data or ""
    service.change_document(db(), document, form.front, parts, seen=seen, by=actor(), now=now())
    flash(gettext("The document is changed."), "ok")
    return redirect(url_for(".show", document_id=document.id), 303)
