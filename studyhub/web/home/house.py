"""The sheet of all components: shown in development only."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from studyhub.web.guard import public

house = Blueprint("house", __name__, url_prefix="/house")


@house.get("/components")
@public
def components() -> ResponseReturnValue:
    """Every component in every state."""
    return render_template("house/components.html")
