"""Study sessions: the page, check-in, roll call."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from studyhub.web.guard import signed_in

study = Blueprint("study", __name__, url_prefix="/sessions")
