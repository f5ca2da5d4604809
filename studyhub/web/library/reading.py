"""Reading a document: page by page, the place kept, and saying that one has read it."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.library import attaching, queries
from studyhub.library.models import Document
from studyhub.study import reading
from studyhub.web.errors import wants_json
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.library.blueprint import library
from studyhub.web.library.desk import Desk
from studyhub.web.library.marks import marked
from studyhub.web.noted import own, written
from studyhub.web.request import actor, db, now


@library.get("/<uuid:document_id>")
@on(Document, may=policy.read_document)
def show(document: Document) -> ResponseReturnValue:
    """One page of it, with the outline at the side."""
    kept = queries.reading_of(db(), actor().user_id, document)
    desk = Desk.of(document, kept, request.args)
    return render_template(
        "library/show.html",
        document=document,
        desk=desk,
        marked=marked,
        written=written,
        noted=own([document])[0],
        attachments=attaching.of(db(), document),
        with_notes="notes" in request.args,
    )


@library.post("/<uuid:document_id>/place")
@on(Document, may=policy.read_document, holds=False)
def keep_place(document: Document) -> ResponseReturnValue:
    """Remember where the person is, and go there."""
    position = request.form.get("part", 0, type=int)
    kept = reading.keep_place(db(), document, position, by=actor(), now=now())
    if wants_json():
        return jsonify(position=kept.position)
    anchor = document.parts[kept.position].anchor if document.parts else None
    place = url_for(".show", document_id=document.id, part=kept.position, _anchor=anchor)
    return redirect(place, 303)


@library.post("/<uuid:document_id>/finish")
@on(Document, may=policy.read_document, holds=False)
def finish(document: Document) -> ResponseReturnValue:
    """The person says: I have read it."""
    reading.finish_reading(db(), document, by=actor(), now=now())
    flash(gettext("Recorded: you have read this document."), "ok")
    last = max(len(document.parts) - 1, 0)
    return redirect(
        url_for(".show", document_id=document.id, part=last, _anchor="reading-end"), 303
    )
