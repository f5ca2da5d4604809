"""The law, for those who keep it: who may do what."""

from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.access.law import TIES, law
from studyhub.access.reach import KEEPERS
from studyhub.web.guard import holding
from studyhub.web.org.blueprint import POSTS, org


@org.get("/law")
@holding(*KEEPERS)
def show_law() -> ResponseReturnValue:
    """Every act, the sentence of the law about it, and who may do it."""
    return render_template("org/law.html", law=law(), who={**TIES, **POSTS})
