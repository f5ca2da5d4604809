"""Study rounds: planning and following them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from studyhub.web.guard import signed_in

rounds = Blueprint("rounds", __name__, url_prefix="/rounds")


@rounds.get("/")
@signed_in
def listing() -> ResponseReturnValue:
    return "rounds"
