"""The addresses of recordings."""

from flask import Blueprint

recordings = Blueprint("recordings", __name__, url_prefix="/recordings")
