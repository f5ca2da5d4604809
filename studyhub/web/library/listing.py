"""The list of documents, and looking for one."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from studyhub.kernel.actor import Post
from studyhub.library import queries, searching
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document
from studyhub.web.documents import TYPES
from studyhub.web.guard import signed_in
from studyhub.web.library.blueprint import library
from studyhub.web.library.marks import marked
from studyhub.web.request import actor, db

AT_ONCE = 50


@library.get("/")
@signed_in
def listing() -> ResponseReturnValue:
    """Every document; fewer when words or a type are asked for, and where the texts have them."""
    words, type_ = request.args.get("q", ""), _type(request.args.get("type", ""))
    found = queries.documents(db(), words=words, type_=type_)
    page = max(request.args.get("page", 1, type=int), 1)
    shown = found[(page - 1) * AT_ONCE : page * AT_ONCE]
    return render_template(
        "library/listing.html",
        documents=shown,
        found=len(found),
        page=page,
        more=len(found) > page * AT_ONCE,
        words=words,
        type=type_,
        types=TYPES,
        in_texts=searching.search(db(), words, type_=type_) if page == 1 else (),
        marked=marked,
        may_add=actor().holds(Post.OFFICER),
        **_facts(shown),
    )


def _facts(documents: Sequence[Document]) -> dict[str, object]:
    ids = [document.id for document in documents]
    return {
        "readings": queries.readings_of(db(), actor().user_id, ids),
        "parts": queries.counts_of_parts(db(), ids),
    }


def _type(value: str) -> DocumentType | None:
    return DocumentType(value) if value in {*DocumentType} else None
