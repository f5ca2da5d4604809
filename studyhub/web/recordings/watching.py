"""Watching a recording: its page, its files, and the heartbeat that says what was played."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Response, current_app, jsonify, render_template, request, session
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from studyhub.access import policy
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.recordings import crediting, queries
from studyhub.recordings.captions import LANGUAGES
from studyhub.recordings.following import Heard, follow
from studyhub.recordings.models import Recording
from studyhub.recordings.queries import Shown
from studyhub.study import queries as study
from studyhub.study.models import StudySession
from studyhub.study.rules import PRESENT
from studyhub.web import csrf
from studyhub.web.films import film
from studyhub.web.guard import on, public
from studyhub.web.headers import play_films
from studyhub.web.recorded_words import SAID, left, stretch
from studyhub.web.recordings.blueprint import recordings
from studyhub.web.request import actor, db, now, today

NOTHING = N_("There is nothing here.")
INCOMPLETE = N_("This page is incomplete. Reload it.")
MOST_STRETCHES = 200
SPEEDS = (("0.75", "0,75×"), ("1", "1×"), ("1.25", "1,25×"), ("1.5", "1,5×"), ("2", "2×"))
OPEN_FOR = timedelta(days=7)
"""What was played on a page is still taken so long after the page was opened."""


@recordings.get("/<uuid:recording_id>")
@on(Recording, may=policy.watch_recording)
def watch(recording: Recording) -> ResponseReturnValue:
    """The player, where one stopped; with `listen`, the sound alone."""
    play_films()
    if not recording.is_ready:
        raise Missing(NOTHING)
    shown = queries.shown(db(), recording, actor().user_id)
    others = queries.shown_of_session(db(), recording.session_id, actor().user_id)
    return render_template(
        "recordings/watch.html",
        shown=shown,
        recording=recording,
        session=recording.session,
        round=recording.session.round,
        others=[one for one in others if one.recording is not recording],
        listens=bool(request.args.get("listen")) or not recording.has_picture,
        begins=_begins(shown),
        ticket=_sealer().dumps([str(recording.id), str(actor().user_id), now().isoformat()]),
        counted=_counted(recording),
        listed=policy.take_part(actor(), recording.session.round),
        said=SAID,
        speeds=SPEEDS,
        languages=LANGUAGES,
        quiz_asked=crediting.asks_quiz(db(), recording.session),
    )


@recordings.post("/<uuid:recording_id>/followed")
@public
def followed(recording_id: UUID) -> ResponseReturnValue:
    """The heartbeat: add what was played; where that is enough, the session is made up.

    Thousands send it every half minute, so it is let in by the ticket that the door of the page
    gave to this person for this recording: nothing else is asked about them, and nothing but what
    they themselves have watched can be written by it.
    """
    by, heard = _heard(recording_id)
    found = queries.to_follow(db(), recording_id)
    if found is None:
        raise Missing(NOTHING)
    watching = follow(db(), found.recording, heard, by=by, now=now())
    shown = Shown(found.recording, watching)
    enough = found.counts and watching.seen * 100 >= found.share * found.recording.duration
    return jsonify(
        left=left(shown),
        percent=shown.percent,
        seen=watching.spans,
        missing=[[begins, stretch(begins, ends)] for begins, ends in shown.gaps],
        made_up=enough and _made_up(found.recording, by),
        token=csrf.token(),
    )


@recordings.get("/<uuid:recording_id>/video")
@on(Recording, may=policy.watch_recording)
def video(recording: Recording) -> ResponseReturnValue:
    """The film, or the part that the player asks for."""
    return film(_key(recording.video_key), "video/mp4")


@recordings.get("/<uuid:recording_id>/audio")
@on(Recording, may=policy.watch_recording)
def audio(recording: Recording) -> ResponseReturnValue:
    """The sound alone."""
    return film(_key(recording.audio_key), "audio/mp4")


@recordings.get("/<uuid:recording_id>/poster")
@on(Recording, may=policy.watch_recording)
def poster(recording: Recording) -> ResponseReturnValue:
    """A still picture of it."""
    return film(_key(recording.poster_key), "image/jpeg")


@recordings.get("/<uuid:recording_id>/captions/<language>.vtt")
@on(Recording, may=policy.watch_recording)
def captions(recording: Recording, language: str) -> ResponseReturnValue:
    """The words shown with it, in this language."""
    keys = [one.file_key for one in recording.captions if one.language == language]
    answer: Response = film(_key(*keys), "text/vtt; charset=utf-8")
    return answer


def _begins(shown: Shown) -> int:
    """The second one goes on at: the one asked for in the address, else where one stopped."""
    asked = request.args.get("t", type=int)
    last = shown.recording.duration // 1000
    return min(max(asked, 0), last) if asked is not None else shown.place // 1000


def _counted(recording: Recording) -> bool:
    attendance = study.attendance_of(db(), recording.session, actor().user_id)
    return attendance is not None and attendance.presence in PRESENT


def _made_up(recording: Recording, by: Actor) -> bool:
    """Credit the session; whether that is new."""
    study_session, me = db().get_one(StudySession, recording.session_id), UserId(by.user_id)
    return crediting.credit_watched(db(), study_session, me, by=by, now=now())


def _heard(recording_id: UUID) -> tuple[Actor, Heard]:
    """Who says what; a ticket of another page, person or week is none."""
    told = request.form
    try:
        which, who, opened = _sealer().loads(told.get("ticket", ""))
        since = datetime.fromisoformat(opened)
        stretches = [_stretch(one) for one in told.get("played", "").split(",") if one]
        place, speed = int(told.get("place", "")), int(told.get("speed", "")) / 100
    except (BadSignature, ValueError):
        raise Unfit(INCOMPLETE) from None
    mine = which == str(recording_id) and session.get("_user_id", "").partition(":")[0] == who
    if not mine or len(stretches) > MOST_STRETCHES or now() - since > OPEN_FOR:
        raise Unfit(INCOMPLETE)
    heard = Heard(stretches=stretches, place=place, speed=speed, since=since)
    return Actor(user_id=UUID(who), today=today()), heard


def _stretch(told: str) -> tuple[int, int]:
    begins, _, ends = told.partition("-")
    return int(begins), int(ends)


def _key(*keys: str) -> str:
    if not keys or not keys[0]:
        raise Missing(NOTHING)
    return keys[0]


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="a recording is watched")
