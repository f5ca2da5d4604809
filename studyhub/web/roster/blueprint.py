"""The blueprint of the roster."""

from flask import Blueprint

roster = Blueprint("roster", __name__, url_prefix="/roster")
