"""Captions are brought, and taken away."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import StudyHubError, Unfit
from studyhub.kernel.words import N_
from studyhub.recordings import captions
from studyhub.recordings.models import Recording
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.recordings.blueprint import recordings
from studyhub.web.request import actor, db, files, now


@recordings.post("/<uuid:recording_id>/captions")
@on(Recording, may=policy.manage_recording)
def caption(recording: Recording) -> ResponseReturnValue:
    """Take the words of the file, or take those in this language away."""
    language, recording_id = request.form.get("language", ""), recording.id
    with request:  # what was uploaded is let go at the end
        try:
            told = _caption(recording, language)
        except StudyHubError as refusal:
            db().rollback()
            flash(say(refusal), "bad")
        else:
            flash(told, "ok")
    return redirect(url_for(".edit", recording_id=recording_id))


def _caption(recording: Recording, language: str) -> str:
    if language not in captions.LANGUAGES:
        raise Unfit(N_("Choose from the list."))
    if request.form.get("do") == "remove":
        captions.uncaption(db(), recording, language, by=actor(), now=now())
        return gettext("The captions are taken away.")
    upload = request.files.get("captions")
    data = upload.read(captions.LARGEST + 1) if upload and upload.filename else b""
    captions.caption(db(), recording, language, data, files=files(), by=actor(), now=now())
    return gettext("The captions are shown with the recording.")
