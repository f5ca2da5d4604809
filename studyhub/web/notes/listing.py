"""All that one marked in a document, to go through and to print."""

from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.library.models import Document
from studyhub.notes import queries
from studyhub.web.guard import on
from studyhub.web.noted import own, reference
from studyhub.web.notes.blueprint import notes
from studyhub.web.request import actor, db, now


@notes.get("/documents/<uuid:document_id>")
@on(Document, may=policy.read_document)
def listing(document: Document) -> ResponseReturnValue:
    """In the order of the document; then what was corrected away, and what was just removed."""
    visible = scope.own_notes(actor())
    return render_template(
        "notes/listing.html",
        document=document,
        noted=own([document])[0],
        removed=queries.removed(db(), document, visible=visible, now=now()),
        reference=reference,
    )
