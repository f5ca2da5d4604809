"""What the script of the writing page asks besides saving; and the worker that opens it offline."""

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import presence
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.web import assets, csrf
from studyhub.web.essays.views import essays
from studyhub.web.guard import on, public
from studyhub.web.request import db, now

LONGEST_NAME = 32


@essays.get("/<uuid:essay_id>/here")
@on(Essay, may=policy.write_essay)
def look(essay: Essay) -> ResponseReturnValue:
    """How things stand: a token for the next save, the draft's revision, other windows, the time.

    Whoever is not the author learns here that the visit has ended or is another's.
    """
    window = _window()
    return _told(essay, elsewhere=presence.is_open_elsewhere(db(), essay, window, now=now()))


@essays.post("/<uuid:essay_id>/here")
@on(Essay, may=policy.write_essay, holds=False)
def arrive(essay: Essay) -> ResponseReturnValue:
    """The window is open, or takes its leave."""
    window = _window()
    if "gone" in request.form:
        presence.leave(db(), essay, window)
        return Response(status=204)
    elsewhere = presence.is_open_elsewhere(db(), essay, window, now=now())
    presence.arrive(db(), essay, window, now=now())
    return _told(essay, elsewhere=elsewhere)


@essays.get("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker: under /essays/, for it looks after nothing else."""
    return assets.script("worker.js")


def _window() -> str:
    window = request.values.get("window", "")
    if not window.isalnum() or len(window) > LONGEST_NAME:
        raise Unfit(N_("This page is incomplete. Reload it."))
    return window


def _told(essay: Essay, *, elsewhere: bool) -> ResponseReturnValue:
    return jsonify(
        token=csrf.token(),
        revision=essay.draft_revision,
        writable=essay.is_writable,
        elsewhere=elsewhere,
        now=int(now().timestamp() * 1000),
    )
