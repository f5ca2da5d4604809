"""The officer's page: what the session is followed by, its stream key, its meeting."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask import session as visit
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.live import meetings, queries, sources, streaming
from studyhub.live.models import Source
from studyhub.study.models import StudySession
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.live.blueprint import live
from studyhub.web.live.forms import WORDS, MinutesForm, SourceForm
from studyhub.web.request import actor, db, now, settings

_KEY = "stream_key"


@live.get("/sessions/<uuid:session_id>/source")
@on(StudySession, may=policy.manage_session)
def source(session: StudySession) -> ResponseReturnValue:
    """What is chosen, and what belongs to it."""
    chosen = queries.live_of(db(), session, now()).source
    return page(session, SourceForm(data={"source": chosen.value, "link": session.link}))


@live.post("/sessions/<uuid:session_id>/source")
@on(StudySession, may=policy.manage_session)
def choose(session: StudySession) -> ResponseReturnValue:
    """Choose another."""
    form = SourceForm(request.form).offer(offered())
    if form.validate():
        wanted, link = Source(form.source.data), (form.link.data or "").strip()
        with refusals(form):
            sources.choose(db(), session, wanted, link=link, by=actor(), now=now())
    if form.errors:
        return page(session, form), 422
    flash(gettext("Saved: this is what the session is followed by."), "ok")
    return back(session)


@live.post("/sessions/<uuid:session_id>/source/key")
@on(StudySession, may=policy.manage_session)
def make_key(session: StudySession) -> ResponseReturnValue:
    """A new stream key: on the next page, and never again."""
    key = sources.make_key(db(), session, by=actor(), now=now())
    visit[_KEY] = [str(session.id), key]
    return back(session)


@live.post("/sessions/<uuid:session_id>/source/over")
@on(StudySession, may=policy.manage_session)
def say_over(session: StudySession) -> ResponseReturnValue:
    """The stream is over: the recording is taken over at once."""
    streaming.say_over(db(), session, by=actor(), now=now())
    flash(gettext("The stream is over. Its recording is being made ready."), "ok")
    return back(session)


def offered() -> Sequence[Source]:
    """What this installation can do, as far as it is set up."""
    needs = {
        Source.STREAM: settings().live_publish_url,
        Source.BIGBLUEBUTTON: settings().bbb_url,
        Source.JITSI: settings().jitsi_url,
    }
    return [one for one in Source if needs.get(one, "always")]


def page(session: StudySession, form: SourceForm, minutes: MinutesForm | None = None) -> str:
    """The page with this form on it."""
    live_now = queries.live_of(db(), session, now())
    choices = [one for one in Source if one in offered() or one is live_now.source]
    minutes = minutes or MinutesForm()
    return render_template(
        "live/source.html",
        session=session,
        round=session.round,
        form=form.offer(choices),
        live=live_now,
        chosen=queries.source_row(db(), session),
        missing=[gettext(WORDS[one]) for one in Source if one not in offered()],
        key=_take_key(session),
        publish_url=settings().live_publish_url,
        minutes=minutes,
        seen=len(meetings.seen(db(), session)) if live_now.meeting else 0,
    )


def back(session: StudySession) -> ResponseReturnValue:
    """To the page of the source."""
    return redirect(url_for("live.source", session_id=session.id))


def _take_key(session: StudySession) -> str:
    """The key, for the first time and the last."""
    told: list[str] = visit.get(_KEY, ["", ""])
    if told[0] != str(session.id):
        return ""
    del visit[_KEY]
    return told[1]
