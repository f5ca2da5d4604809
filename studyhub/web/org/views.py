"""The tree, the cells, the members."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from studyhub.web.guard import signed_in

org = Blueprint("org", __name__, url_prefix="/org")


@org.get("/")
@signed_in
def show_tree() -> ResponseReturnValue:
    return "org"
