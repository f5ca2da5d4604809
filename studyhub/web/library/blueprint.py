"""The blueprint of this room."""

from flask import Blueprint

library = Blueprint("library", __name__, url_prefix="/library")
