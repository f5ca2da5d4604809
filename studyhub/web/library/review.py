"""The page on which a document is checked: its head in fields, its text beside its outline."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.library import notation, pages
from studyhub.library.models import Document
from studyhub.web.library.forms import DocumentForm

PREVIEWED = 400


def review(
    form: DocumentForm, action: str, document: Document | None = None
) -> ResponseReturnValue:
    """The page; what was typed stays as it was when something is to be corrected."""
    parts = notation.read(form.text.data or "")
    wrong = bool(form.errors or form.form_errors)
    if not wrong:
        form.text.data = notation.write(parts)
    facts: dict[str, Any] = {
        "parts": parts[:PREVIEWED],
        "count": len(parts),
        "syllables": sum(pages.size(part) for part in parts),
    }
    page = render_template(
        "library/review.html", form=form, action=action, document=document, **facts
    )
    return page, 422 if wrong else 200
