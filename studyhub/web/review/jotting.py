"""A comment as it is being typed, kept on the server: for the script of the review page."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.review import service
from studyhub.review.margins import read_spot
from studyhub.web.filters import time_of_day
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now
from studyhub.web.review.sieving import as_id
from studyhub.web.review.views import review


@review.post("/<uuid:essay_id>/jottings")
@on(Essay, may=policy.judge_essay)
def jot(essay: Essay) -> ResponseReturnValue:
    """Keep it, private until it is sent; the page gave it its name, so that it is kept once."""
    spot = read_spot(request.form.get("spot", ""))
    identity = as_id(request.form.get("comment", ""))
    number = request.form.get("version", 0, type=int)
    version = next((one for one in essay.versions if one.number == number), None)
    if spot is None or identity is None or version is None:
        raise Unfit(N_("This page is incomplete. Reload it."))
    part, paragraph, words = spot
    service.jot(
        db(), version, identity, part=part, paragraph=paragraph, words=words,
        text=request.form.get("text", ""), by=actor(), now=now(),
    )  # fmt: skip
    return jsonify(saved=gettext("Saved at %(time)s", time=time_of_day(now())))
