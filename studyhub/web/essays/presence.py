"""What the script of the writing page asks besides saving; and the worker that opens it offline."""

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import presence
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
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
    return _told(essay)


@essays.post("/<uuid:essay_id>/here")
@on(Essay, may=policy.write_essay, holds=False)
def arrive(essay: Essay) -> ResponseReturnValue:
    """The window is open, or takes its leave."""
    return _heard(essay)


@essays.get("/typing/<uuid:transcript_id>/here")
@on(Transcript, may=policy.type_on_behalf)
def typing_stands(transcript: Transcript) -> ResponseReturnValue:
    """The same, of what a secretary types for a member."""
    return _told(transcript)


@essays.post("/typing/<uuid:transcript_id>/here")
@on(Transcript, may=policy.type_on_behalf, holds=False)
def typing_goes_on(transcript: Transcript) -> ResponseReturnValue:
    """The window is open, or takes its leave."""
    return _heard(transcript)


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


def _heard(text: Essay | Transcript) -> ResponseReturnValue:
    window = _window()
    if "gone" in request.form:
        presence.leave(db(), text, window)
        return Response(status=204)
    told = _told(text)
    presence.arrive(db(), text, window, now=now())
    return told


def _told(text: Essay | Transcript) -> ResponseReturnValue:
    return jsonify(
        token=csrf.token(),
        revision=text.draft_revision,
        writable=isinstance(text, Transcript) or text.is_writable,
        elsewhere=presence.is_open_elsewhere(db(), text, _window(), now=now()),
        now=int(now().timestamp() * 1000),
    )
