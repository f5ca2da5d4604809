"""Errors become answers once, here: a page, or JSON for a script."""

import logging

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from studyhub.kernel.errors import Conflict, Forbidden, Missing, StudyHubError, Unfit, Untimely
from studyhub.kernel.words import N_
from studyhub.web import csrf, login
from studyhub.web.kept import Kept, offer
from studyhub.web.language import gettext, say
from studyhub.web.request import database

STATUS: dict[type[StudyHubError], int] = {
    Missing: 404,
    Forbidden: 403,
    Conflict: 409,
    Untimely: 409,
    Unfit: 422,
}

SENTENCES: dict[int, str] = {
    404: N_("There is nothing at this address. It may have moved, or it is not open to you."),
    405: N_("This address does not take that kind of request."),
    413: N_("The file is too large. At most 25 MB can be sent at once."),
}
UNEXPECTED = N_("Something went wrong on our side. What was saved before is safe.")

log = logging.getLogger("studyhub")


def init_app(app: Flask) -> None:
    """Answer refusals, faults of the protocol, and faults of ours."""
    app.register_error_handler(StudyHubError, _refuse)
    app.register_error_handler(csrf.Stale, _stale)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(HTTPException, _fail)
    app.register_error_handler(Exception, _break)


def _refuse(error: StudyHubError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    return answer(say(error), status)


def _stale(error: csrf.Stale) -> ResponseReturnValue:
    """The form is too old, its words are not: show them, to be sent again."""
    login.recognise()
    kept = Kept.of_request()
    if wants_json() or not kept.words:
        return answer(say(error), 403)
    return offer(kept, status=403)


def _overtaken(_error: StaleDataError) -> ResponseReturnValue:
    return answer(gettext(N_("Somebody else changed this a moment ago. Reload the page.")), 409)


def _fail(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code in SENTENCES:
        login.recognise()
    return answer(gettext(SENTENCES.get(code, UNEXPECTED)), code)


def _break(error: Exception) -> ResponseReturnValue:
    """An unexpected fault: one number on the page and in the log."""
    database.session.rollback()
    log.error("unexpected fault %s", g.get("request_id", "-"), exc_info=error)
    return answer(gettext(UNEXPECTED), 500)


def wants_json() -> bool:
    """Whether a script asks."""
    return request.accept_mimetypes.best == "application/json"


def answer(message: str, status: int) -> ResponseReturnValue:
    """Say it in the form the asker understands."""
    reference = g.get("request_id", "")
    if wants_json():
        return jsonify(error=message, reference=reference), status
    page = render_template("errors/error.html", message=message, status=status, reference=reference)
    return page, status
