"""Changing a note, taking it away, putting it back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.notes import service
from studyhub.notes.models import Note
from studyhub.web.errors import wants_json
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.notes.answers import place, shown
from studyhub.web.notes.blueprint import notes
from studyhub.web.notes.forms import NoteForm
from studyhub.web.request import actor, db, now


@notes.get("/<uuid:note_id>")
@on(Note, may=policy.keep_note)
def edit(note: Note) -> ResponseReturnValue:
    """The passage and what one noted about it."""
    return _page(note, NoteForm(obj=note))


@notes.post("/<uuid:note_id>")
@on(Note, may=policy.keep_note)
def change(note: Note) -> ResponseReturnValue:
    """Write the note anew."""
    form = NoteForm(request.form)
    if wants_json():
        if not form.validate():
            raise Unfit(N_("This is too long. Shorten it."))
        _change(note, form)
        return shown(note)
    if form.validate():
        with refusals(form):
            _change(note, form)
            flash(gettext("Your note is saved."), "ok")
            return redirect(place(note), 303)
    return _page(note, form)


@notes.post("/<uuid:note_id>/remove")
@on(Note, may=policy.keep_note)
def remove(note: Note) -> ResponseReturnValue:
    """Take it away; the list offers to put it back."""
    service.remove(db(), note, by=actor(), now=now())
    if wants_json():
        return shown(note)
    return redirect(url_for(".listing", document_id=note.document_id, _anchor="removed-h"), 303)


@notes.post("/<uuid:note_id>/put-back")
@on(Note, may=policy.keep_note)
def put_back(note: Note) -> ResponseReturnValue:
    """Undo the removal."""
    service.put_back(db(), note, by=actor())
    if wants_json():
        return shown(note)
    flash(gettext("It is back."), "ok")
    return redirect(url_for(".listing", document_id=note.document_id), 303)


def _change(note: Note, form: NoteForm) -> None:
    service.change(db(), note, text=form.text.data or "", by=actor(), now=now())


def _page(note: Note, form: NoteForm) -> ResponseReturnValue:
    page = render_template("notes/edit.html", note=note, document=note.document, form=form)
    return page, 422 if form.errors or form.form_errors else 200
