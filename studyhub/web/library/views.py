"""Documents to read."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from studyhub.web.guard import signed_in

library = Blueprint("library", __name__, url_prefix="/library")


@library.get("/")
@signed_in
def listing() -> ResponseReturnValue:
    return "library"
