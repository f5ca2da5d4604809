"""The recordings of a session, for those who manage it: how far each is, and what to do with it."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField
from wtforms.validators import InputRequired, Length

from studyhub.access import policy
from studyhub.jobs import queries as jobs
from studyhub.kernel.words import N_
from studyhub.recordings import arrivals, changing, keeping, queries
from studyhub.recordings.captions import LANGUAGES
from studyhub.recordings.models import Recording, RecordingState
from studyhub.recordings.taking import KIND
from studyhub.study.models import StudySession
from studyhub.web.attachments import disposition
from studyhub.web.fields import NameField
from studyhub.web.films import film
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.recorded_words import SAID
from studyhub.web.recordings.blueprint import recordings
from studyhub.web.recordings.uploading import PLACE, as_id
from studyhub.web.request import actor, db, files, now, settings
from studyhub.web.watching_form import WatchingFields


class RecordingForm(Form):
    """What a recording is called, and what it is of."""

    title = NameField(
        N_("Name of the recording"),
        [
            InputRequired(N_("Give the recording a name.")),
            Length(max=200, message=N_("At most 200 characters.")),
        ],
    )
    topic = SelectField(N_("It is a recording of"), validate_choice=False)


@recordings.get(PLACE)
@on(StudySession, may=policy.manage_session)
def manage(session: StudySession) -> ResponseReturnValue:
    """What there is, what is on its way, and where more come from."""
    return _page(session)


@recordings.post(f"{PLACE}/counting")
@on(StudySession, may=policy.manage_session)
def let_count(session: StudySession) -> ResponseReturnValue:
    """Decide for the whole round whether watching counts."""
    form = WatchingFields(request.form)
    if form.validate():
        with refusals(form):
            changing.let_watching_count(db(), session.round, form.share, by=actor(), now=now())
    if form.errors:
        return _page(session, form), 422
    flash(gettext("It is kept, for all sessions of the round."), "ok")
    return redirect(url_for(".manage", session_id=session.id))


@recordings.get("/<uuid:recording_id>/change")
@on(Recording, may=policy.manage_recording)
def edit(recording: Recording) -> ResponseReturnValue:
    """Its name, its topic, its captions."""
    form = _choices(recording, RecordingForm(data=_filled(recording)))
    return _edit_page(recording, form)


@recordings.post("/<uuid:recording_id>/change")
@on(Recording, may=policy.manage_recording)
def change(recording: Recording) -> ResponseReturnValue:
    """Keep what was typed."""
    form = _choices(recording, RecordingForm(request.form))
    if form.validate():
        with refusals(form):
            changing.change(
                db(), recording, title=form.title.data or "", topic_id=as_id(form.topic.data),
                by=actor(), now=now(),
            )  # fmt: skip
    if form.errors:
        return _edit_page(recording, form), 422
    flash(gettext("The recording has been changed."), "ok")
    return redirect(url_for(".manage", session_id=recording.session_id))


@recordings.post("/<uuid:recording_id>/remove")
@on(Recording, may=policy.manage_recording)
def remove(recording: Recording) -> ResponseReturnValue:
    """Take it away; for a day it can be brought back."""
    changing.remove(db(), recording, by=actor(), now=now())
    return redirect(url_for(".manage", session_id=recording.session_id))


@recordings.post("/<uuid:recording_id>/bring-back")
@on(Recording, may=policy.manage_recording)
def bring_back(recording: Recording) -> ResponseReturnValue:
    """It is there again."""
    changing.bring_back(db(), recording, by=actor(), now=now())
    flash(gettext("The recording is back."), "ok")
    return redirect(url_for(".manage", session_id=recording.session_id))


@recordings.post("/<uuid:recording_id>/again")
@on(Recording, may=policy.manage_recording)
def try_again(recording: Recording) -> ResponseReturnValue:
    """Have it made once more."""
    changing.try_again(db(), recording, by=actor(), now=now())
    return redirect(url_for(".manage", session_id=recording.session_id))


@recordings.get("/<uuid:recording_id>/original")
@on(Recording, may=policy.manage_recording)
def original(recording: Recording) -> ResponseReturnValue:
    """The file as it came, to be saved: nobody vouches for it."""
    answer = film(recording.original_key or "0", "application/octet-stream")
    name = recording.file_name or recording.title
    answer.headers["Content-Disposition"] = disposition(name)
    return answer


@recordings.get(f"{PLACE}/progress")
@on(StudySession, may=policy.manage_session)
def progress(session: StudySession) -> ResponseReturnValue:
    """For the script: how far those are that are being made."""
    in_work = _in_work(session)
    percent = min((one for one in in_work.values()), default=100)
    said = gettext(N_("Being made streamable: %(percent)s%% done"), percent=percent)
    return jsonify(goes_on=bool(in_work), said=said, percent=percent)


def _in_work(session: StudySession) -> dict[object, int]:
    """Percent done of each recording that is being made."""
    found = [
        one.id
        for one in queries.of_session(db(), session.id)
        if one.state is RecordingState.IN_WORK
    ]
    known = jobs.latest_of(db(), KIND, found) if found else {}
    return {one: known[one].progress if one in known else 0 for one in found}


def _page(session: StudySession, counting: WatchingFields | None = None) -> str:
    round_ = session.round
    facts = {
        "watching_counts": round_.watching_counts,
        "watching_share": round_.watching_share,
    }
    return render_template(
        "recordings/manage.html",
        session=session,
        round=round_,
        recordings=queries.of_session(db(), session.id),
        away=queries.taken_away(db(), session.id),
        arrivals=queries.on_the_way(db(), session.id),
        progress=_in_work(session),
        counting=counting or WatchingFields(data=facts),
        room=keeping.room_left(db(), files(), settings().recordings_quota) // 2,
        largest=arrivals.LARGEST,
        largest_in_a_form=arrivals.LARGEST_IN_A_FORM,
        me_id=actor().user_id,
        said=SAID,
    )


def _edit_page(recording: Recording, form: RecordingForm) -> str:
    return render_template(
        "recordings/edit.html", recording=recording, session=recording.session, form=form,
        languages=LANGUAGES,
    )  # fmt: skip


def _filled(recording: Recording) -> dict[str, str]:
    return {"title": recording.title, "topic": str(recording.topic_id or "")}


def _choices(recording: Recording, form: RecordingForm) -> RecordingForm:
    topics = [(str(item.id), item.title) for item in recording.session.agenda]
    form.topic.choices = [("", N_("the whole session")), *topics]
    return form
