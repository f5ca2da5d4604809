"""Two documents side by side, each at a place of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.library import queries
from studyhub.library.models import Document, DocumentPart
from studyhub.web.guard import on
from studyhub.web.library.blueprint import library
from studyhub.web.library.desk import Desk
from studyhub.web.request import actor, db

SIDES = ("one", "other")


@dataclass(frozen=True)
class Side:
    """One of the two: what is shown of it, and how the address says so."""

    name: str
    desk: Desk
    address: dict[str, Any]

    @property
    def document(self) -> Document:
        """What is read on this side."""
        return self.desk.document

    def at(self, part: DocumentPart) -> str:
        """The address at which this side shows the part, and the other stays where it is."""
        place = {**self.address, self.name: part.position}
        return url_for(".beside", **place, _anchor=f"{self.name}-{part.anchor}")


@library.get("/<uuid:document_id>/beside")
@on(Document, may=policy.read_document)
def beside(document: Document) -> ResponseReturnValue:
    """Both, or the list to choose the other from."""
    other = _other()
    return render_template(
        "library/beside.html",
        document=document,
        other=other,
        sides=_sides(document, other) if other else (),
        documents=[one for one in queries.documents(db()) if one.id != document.id],
    )


def _other() -> Document | None:
    asked = request.args.get("with", "")
    if not asked:
        return None
    try:
        found = db().get(Document, UUID(asked))
    except ValueError:
        found = None
    if found is None or not policy.read_document(actor(), found):
        raise Missing(N_("There is nothing here."))
    return found


def _sides(document: Document, other: Document) -> Sequence[Side]:
    asked = {name: request.args.get(name, "") for name in SIDES}
    address: dict[str, Any] = {"document_id": document.id, "with": other.id}
    address |= {name: place for name, place in asked.items() if place}
    return [
        Side(name, Desk.of(shown, None, {"part": asked[name]}), address)
        for name, shown in zip(SIDES, (document, other), strict=True)
    ]
