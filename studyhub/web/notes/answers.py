"""What the reading page gets back, to show a passage and the list of notes as they are now."""

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.library.models import Document
from studyhub.notes.models import Note
from studyhub.web.filters import time_of_day
from studyhub.web.language import gettext
from studyhub.web.noted import own, written
from studyhub.web.request import now


def shown(note: Note) -> ResponseReturnValue:
    """The paragraph with its marks, and the list, for the script."""
    noted = own([note.document])[0]
    spot = next((one.spot for one in noted.placed if one.note.id == note.id), None)
    part, paragraph = (spot.part, spot.paragraph) if spot else (note.part, note.paragraph)
    return jsonify(
        id=str(note.id),
        at=f"{part}:{paragraph}",
        html=written(_text(note.document, part, paragraph), noted.at(part, paragraph)),
        mine=render_template("notes/_mine.html", noted=noted),
        saved=gettext("Saved at %(time)s", time=time_of_day(now())),
    )


def place(note: Note) -> str:
    """Where the passage stands on the reading page."""
    noted = own([note.document])[0]
    found = next((one for one in noted.placed if one.note.id == note.id), None)
    if found is None:
        return url_for("notes.listing", document_id=note.document_id)
    return url_for(
        "library.show",
        document_id=note.document_id,
        part=found.spot.part,
        _anchor=f"note-{note.id}",
    )


def _text(document: Document, part: int, paragraph: int) -> str:
    if part >= len(document.parts):
        return ""
    return "".join(document.parts[part].paragraphs[paragraph : paragraph + 1])
