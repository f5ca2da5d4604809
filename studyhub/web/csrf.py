"""One check of every write, before any view: did this request come from a page of ours?"""

import hashlib
import hmac
import secrets

from flask import Flask, current_app, request, session

from studyhub.kernel.errors import Forbidden
from studyhub.kernel.words import N_
from studyhub.web.request import WRITES

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_KEY = "visit"
_OF_MACHINES: set[str] = set()


class Stale(Forbidden):
    """A form of ours whose token is too old: its words deserve to be kept."""


def init_app(app: Flask) -> None:
    """Check every write; give every template `csrf_token()`."""
    app.before_request(_check)
    app.jinja_env.globals["csrf_token"] = token


def token() -> str:
    """A token for one form; salted anew each time, so that compression gives nothing away."""
    if _KEY not in session:
        session[_KEY] = secrets.token_urlsafe(16)
    salt = secrets.token_urlsafe(9)
    return f"{salt}.{_sign(salt)}"


def renew() -> None:
    """Forget the tokens given so far: after signing in or out."""
    session.pop(_KEY, None)


def from_machine(endpoint: str) -> None:
    """A write there is no page's: it carries a secret of its own, and looks at no cookie."""
    _OF_MACHINES.add(endpoint)


def _check() -> None:
    if request.method not in WRITES or request.endpoint in _OF_MACHINES:
        return
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    salt, _, signature = given.partition(".")
    if not _is_ours():
        raise Forbidden(N_("This form was sent from another site."))
    if not (_KEY in session and hmac.compare_digest(signature, _sign(salt))):
        raise Stale(N_("This page has been open too long. Reload it and send again."))


def _is_ours() -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def _sign(salt: str) -> str:
    secret = str(current_app.secret_key) + session.get(_KEY, "")
    return hmac.new(secret.encode(), salt.encode(), hashlib.sha256).hexdigest()
