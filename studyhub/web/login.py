"""The one drawer for Flask-Login: who is signed in, as a value of our own."""

from typing import Any
from uuid import UUID

from flask import Flask, g, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import bindparam, select

from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor
from studyhub.web import csrf, transaction
from studyhub.web.kept import Kept, offer
from studyhub.web.language import gettext
from studyhub.web.request import WRITES, db, now, today

_PERSON = select(User).where(User.id == bindparam("person"))
manager = LoginManager()
manager.session_protection = "basic"


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps in the cookie: the person and the generation of their sign-ins."""

    def __init__(self, user: User, actor: Actor) -> None:
        self.user, self.actor = user, actor

    def get_id(self) -> str:
        """“Sign out everywhere” raises the generation and so voids every older cookie."""
        return f"{self.user.id}:{self.user.generation}"


def init_app(app: Flask) -> None:
    """Know the person before each view."""
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(_load)


def _load(told: str) -> SignedIn | None:
    user_id, _, generation = told.partition(":")
    with transaction.looking() as session_:
        try:
            user = session_.scalars(_PERSON, {"person": UUID(user_id)}).one_or_none()
        except ValueError:
            return None
        if user is None or user.is_closed(now()) or str(user.generation) != generation:
            return None
        return SignedIn(user, actor_of(session_, user.id, today()))


def recognise() -> bool:
    """Find out who is there; whether anybody is. Asked by the doors, once per request."""
    if "actor" not in g:
        person: Any = current_user._get_current_object()
        known = isinstance(person, SignedIn)
        g.user, g.actor = (person.user, person.actor) if known else (None, None)
    return g.actor is not None


def sign_in(user: User, *, stay: bool) -> None:
    """Begin a visit of this person; `stay` keeps it for 30 days on this machine."""
    session.clear()
    login_user(SignedIn(user, actor_of(db(), user.id, today())), remember=stay)


def sign_out() -> None:
    """End the visit on this machine."""
    logout_user()
    csrf.renew()


def ask_to_sign_in() -> ResponseReturnValue:
    """To the sign-in page, and back here afterwards; typed words are kept on the way."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=gettext("Sign in to continue.")), 401
    if request.method in WRITES:
        return offer(Kept.of_request(), status=401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
