"""A recording comes in: in pieces from the script, which go on after a break; or in one form."""

from uuid import UUID

from flask import flash, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Conflict, StudyHubError, Unfit
from studyhub.kernel.words import N_
from studyhub.recordings import arrivals, keeping
from studyhub.recordings.arrivals import Announced
from studyhub.recordings.models import RecordingArrival
from studyhub.storage.arriving import Arriving
from studyhub.study.models import StudySession
from studyhub.web.attachments import plain_name
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.recordings.blueprint import recordings
from studyhub.web.request import actor, db, files, now, settings
from studyhub.web.transaction import set_aside

INCOMPLETE = N_("This page is incomplete. Reload it.")
CHOOSE = N_("Choose the file of a recording.")
PLACE = "/sessions/<uuid:session_id>"
MEGABYTE = 1024 * 1024


@recordings.url_value_preprocessor
def allow_a_film(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """A recording in one form is larger than what else is sent; only for who is signed in."""
    if endpoint == "recordings.bring" and "_user_id" in session:
        request.max_content_length = arrivals.LARGEST_IN_A_FORM + MEGABYTE
    elif endpoint == "recordings.take_piece":
        request.max_content_length = arrivals.LARGEST_PIECE + MEGABYTE


@recordings.post(f"{PLACE}/uploads")
@on(StudySession, may=policy.manage_session, holds=False)
def begin(study_session: StudySession) -> ResponseReturnValue:
    """Announce a recording; the answer says from where it is to be sent."""
    told = request.get_json(silent=True)
    if not isinstance(told, dict) or not isinstance(told.get("size"), int):
        raise Unfit(INCOMPLETE)
    announced = Announced(
        name=plain_name(str(told.get("name", ""))), size=told["size"], mark=_mark(told.get("mark")),
        title=str(told.get("title", "")), topic_id=as_id(told.get("topic")),
    )  # fmt: skip
    arrival = arrivals.begin(
        db(), study_session, announced, files=files(), quota=settings().recordings_quota,
        by=actor(), now=now(),
    )  # fmt: skip
    return jsonify(
        id=str(arrival.id), at=arrival.received, piece=arrivals.FIRST_PIECE,
        largest=arrivals.LARGEST_PIECE,
    )  # fmt: skip


@recordings.post(f"{PLACE}/uploads/<uuid:upload_id>")
@on(StudySession, may=policy.manage_session, holds=False)
def take_piece(study_session: StudySession, upload_id: UUID) -> ResponseReturnValue:
    """The next piece. One that does not follow, or is damaged, is answered with where to go on."""
    piece, at = request.get_data(), request.args.get("at", -1, type=int)
    session_id = study_session.id
    arrival = arrivals.expected(db(), study_session, upload_id, by=actor())
    try:
        arrivals.expect_piece(arrival, at, piece, request.args.get("mark", ""))
    except Conflict as refusal:
        return jsonify(error=say(refusal), at=arrival.received, size=arrival.size), 409
    with set_aside():
        _arriving().write(upload_id, at, piece)
    study_session = db().get_one(StudySession, session_id)
    arrival = arrivals.expected(db(), study_session, upload_id, by=actor())
    arrivals.expect_piece(arrival, at, piece, request.args.get("mark", ""))
    arrivals.receive(db(), study_session, arrival, len(piece), by=actor(), now=now())
    return jsonify(at=at + len(piece))


@recordings.post(PLACE)
@on(StudySession, may=policy.manage_session, holds=False)
def bring(study_session: StudySession) -> ResponseReturnValue:
    """All of it in one form, where there is no script to send it in pieces."""
    session_id = study_session.id
    with request:  # what was uploaded is let go at the end
        try:
            _bring(study_session)
        except StudyHubError as refusal:
            db().rollback()
            flash(say(refusal), "bad")
        else:
            flash(gettext("The recording has arrived. It is being made streamable."), "ok")
    return redirect(url_for(".manage", session_id=session_id))


@recordings.post(f"{PLACE}/uploads/<uuid:upload_id>/stop")
@on(StudySession, may=policy.manage_session, holds=False)
def stop(study_session: StudySession, upload_id: UUID) -> ResponseReturnValue:
    """Nobody goes on with it."""
    arrivals.stop(db(), arrivals.expected(db(), study_session, upload_id, by=actor()))
    flash(gettext("What had arrived of the recording is thrown away."), "ok")
    return redirect(url_for(".manage", session_id=study_session.id))


def as_id(told: object) -> UUID | None:
    """What a form or script calls a topic; nothing is the whole session."""
    try:
        return UUID(str(told)) if told else None
    except ValueError:
        raise Unfit(INCOMPLETE) from None


def _bring(study_session: StudySession) -> None:
    upload, session_id = request.files.get("recording"), study_session.id
    if upload is None or not upload.filename:
        raise Unfit(CHOOSE)
    size = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    announced = Announced(
        name=plain_name(upload.filename), size=size, title=request.form.get("title", ""),
        topic_id=as_id(request.form.get("topic")),
    )  # fmt: skip
    arrival = arrivals.begin(
        db(), study_session, announced, files=files(), quota=settings().recordings_quota,
        by=actor(), now=now(),
    )  # fmt: skip
    arrival_id, kept = arrival.id, _facts(arrival)
    db().rollback()  # nobody waits while it is copied
    with set_aside():
        arrivals.copy_whole(_arriving(), arrival_id, upload.stream, size)
    study_session = db().get_one(StudySession, session_id)
    arrival = RecordingArrival(id=arrival_id, **kept)
    db().add(arrival)
    db().flush()
    arrivals.receive(db(), study_session, arrival, size, by=actor(), now=now())


def _facts(arrival: RecordingArrival) -> dict[str, object]:
    names = ("session_id", "topic_id", "person_id", "title", "name", "size", "mark", "received")
    return {name: getattr(arrival, name) for name in (*names, "touched_at")}


def _arriving() -> Arriving:
    return keeping.arriving(files())


def _mark(told: object) -> str:
    """What the browser knows the file by: letters and figures, or nothing."""
    mark = str(told or "")
    if len(mark) > 64 or not (mark.isalnum() or not mark):
        raise Unfit(INCOMPLETE)
    return mark
