"""Two at one essay: who reads it now, going on all the same, and recalling a decision."""

from flask import Response, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.kernel.errors import StudyHubError
from studyhub.review import reserving, service
from studyhub.review.reserving import Held
from studyhub.web import csrf
from studyhub.web.filters import time_of_day
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, now
from studyhub.web.review.sieving import onward
from studyhub.web.review.views import review


@review.post("/<uuid:essay_id>/here")
@on(Essay, may=policy.judge_essay, holds=False)
def here(essay: Essay) -> ResponseReturnValue:
    """The page is still open, or takes its leave; whoever has taken the essay over is named."""
    if "gone" in request.form:
        reserving.leave(db(), essay.id, by=actor(), now=now())
        return Response(status=204)
    other = reserving.renew(db(), essay.id, by=actor(), now=now())
    return jsonify(token=csrf.token(), state=essay.state, reads=who_reads(other) if other else "")


@review.get("/<uuid:essay_id>/take")
@review.get("/<uuid:essay_id>/recall")
@on(Essay, may=policy.judge_essay)
def back(essay: Essay) -> ResponseReturnValue:
    """The address of a deed opened by itself: to the essay."""
    return redirect(onward(".show", essay.id))


@review.post("/<uuid:essay_id>/take")
@on(Essay, may=policy.judge_essay)
def take(essay: Essay) -> ResponseReturnValue:
    """Read on although somebody else has it open."""
    reserving.reserve(db(), essay.id, by=actor(), now=now(), over=True)
    return redirect(onward(".show", essay.id))


@review.post("/<uuid:essay_id>/recall")
@on(Essay, may=policy.judge_essay)
def recall(essay: Essay) -> ResponseReturnValue:
    """Take one's decision back; either way the person is told how it stands."""
    number = request.form.get("version", 0, type=int)
    try:
        service.recall(db(), essay, number, by=actor(), now=now())
    except StudyHubError as refusal:
        flash(say(refusal), "warn")
    else:
        flash(gettext("The decision is recalled. Your comments are private again."), "ok")
    return redirect(onward(".show", essay.id))


def who_reads(held: Held) -> str:
    """Who has it open, and since when."""
    since = time_of_day(held.since)
    return gettext("%(name)s has been reading it since %(time)s", name=held.name, time=since)
