"""A page that is open follows its session: how it stands, and the parts that have changed."""

from uuid import UUID

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.study.models import StudySession
from studyhub.web.guard import on, public
from studyhub.web.request import db, now
from studyhub.web.study import pulse
from studyhub.web.study.forms import CheckInForm
from studyhub.web.study.keys import holder
from studyhub.web.study.page import prepared
from studyhub.web.study.parts import PARTS
from studyhub.web.study.views import study


@study.get("/<uuid:session_id>/now")
@public
def stands(session_id: UUID) -> ResponseReturnValue:
    """What has changed since the page asked; whoever has a key to the session may ask."""
    person = holder(request.args.get("key", ""), session_id, now())
    beat = pulse.beat(db(), session_id, now()) if person else None
    if person is None or beat is None:
        raise Missing(N_("There is nothing here."))
    mark, seen = pulse.mark_of(beat, person), _seen()
    if mark == seen:
        return _marked(Response(status=304), mark)
    parts = pulse.changed(beat, person, seen)
    return _marked(jsonify(parts=parts, spread=beat.spread, mark=mark), mark)


@study.get("/<uuid:session_id>/parts/<name>")
@on(StudySession, may=policy.see_session)
def part(session: StudySession, name: str) -> ResponseReturnValue:
    """One part of the page as it is now."""
    if name not in PARTS:
        raise Missing(N_("There is nothing here."))
    page = prepared(session, CheckInForm(request.args))
    return render_template(PARTS[name].template, page=page).strip()


def _seen() -> str:
    """The mark of what the page shows; a packed answer has had “:br” put to its mark."""
    return request.headers.get("If-None-Match", "").strip('W/"').partition(":")[0]


def _marked(response: Response, mark: str) -> Response:
    response.set_etag(mark)
    return response
