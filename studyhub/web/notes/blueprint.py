"""The blueprint of this room."""

from flask import Blueprint

notes = Blueprint("notes", __name__, url_prefix="/notes")
