"""The blueprint of the notices."""

from flask import Blueprint

notices = Blueprint("notices", __name__, url_prefix="/notices")
