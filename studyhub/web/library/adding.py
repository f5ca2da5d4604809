"""Adding a document: a file or text comes in, is read, corrected, and only then kept.

Between the steps everything is carried by the form itself; nothing is half-saved.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from studyhub.kernel.actor import Post
from studyhub.kernel.words import N_
from studyhub.library import notation, outline, sandbox, service
from studyhub.library.capitals import softened
from studyhub.library.outline import Outline
from studyhub.web.documents import document_name
from studyhub.web.forms import refusals
from studyhub.web.guard import holding
from studyhub.web.language import gettext
from studyhub.web.library.blueprint import library
from studyhub.web.library.forms import DocumentForm, SourceForm
from studyhub.web.library.original import seal, unseal
from studyhub.web.library.review import review
from studyhub.web.request import actor, db, files, now
from studyhub.web.transaction import set_aside


@library.get("/add")
@holding(Post.OFFICER)
def add() -> ResponseReturnValue:
    """Where the document comes from."""
    return render_template("library/add.html", form=SourceForm())


@library.post("/add")
@holding(Post.OFFICER)
def read_source() -> ResponseReturnValue:
    """Read it, and show what was recognised."""
    with request:  # what was uploaded is let go at the end
        form = SourceForm(CombinedMultiDict((request.files, request.form)))
        if form.validate():
            with refusals(form):
                return _recognised(form)
    return render_template("library/add.html", form=form), 422


def _recognised(form: SourceForm) -> ResponseReturnValue:
    data, name = form.source(f"{gettext(N_('Pasted text'))}.txt")
    with set_aside():
        found = outline.parse(sandbox.read_safely(data, name))
        original = seal(files().keep(data), name)
    return review(_filled(found, original), url_for(".check"))


def _filled(found: Outline, original: str) -> DocumentForm:
    front = softened(found.front)
    return DocumentForm(
        type=str(front.type or ""),
        number=front.number,
        issuer=front.issuer,
        place=front.place,
        issued_on=front.issued_on,
        subject=front.subject,
        text=notation.write(found.parts),
        original=original,
    )


@library.get("/add/checked")
@holding(Post.OFFICER)
def start_again() -> ResponseReturnValue:
    """The form holds everything and cannot be reopened by its address."""
    return redirect(url_for(".add"))


@library.post("/add/checked")
@holding(Post.OFFICER)
def check() -> ResponseReturnValue:
    """Save what was checked, or show once more how it reads."""
    form = DocumentForm(request.form)
    if request.form.get("do") == "save" and form.validate():
        with refusals(form):
            return _saved(form)
    return review(form, url_for(".check"))


def _saved(form: DocumentForm) -> ResponseReturnValue:
    key, name = unseal(form.original.data or "")
    parts = notation.read(form.text.data or "")
    document = service.add_document(
        db(), form.front, parts, file_key=key, file_name=name, by=actor(), now=now()
    )
    flash(gettext("%(name)s is in the library.", name=document_name(document)), "ok")
    return redirect(url_for(".show", document_id=document.id), 303)
