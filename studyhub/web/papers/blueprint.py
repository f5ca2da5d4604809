"""The blueprint of this room."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from studyhub.essays.models import Essay

papers = Blueprint("papers", __name__, url_prefix="/papers")


def closed(essay: Essay) -> ResponseReturnValue | None:
    """Where to go instead, when the essay can no longer be written."""
    if essay.is_writable:
        return None
    return redirect(url_for("essays.show", essay_id=essay.id))
