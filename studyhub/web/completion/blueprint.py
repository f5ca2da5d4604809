"""The blueprint of this room."""

from flask import Blueprint

completion = Blueprint("completion", __name__, url_prefix="/completion")
