"""What a request is made of: the database, the moment, the person.

A reading request reads. A writing one stands in the writers' line from its
first question to its end, whoever asks: a deed, or an attribute loaded late.
Only `transaction.looking` reads without standing there.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as BoundSession
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel import sqlite
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import Clock
from studyhub.kernel.database import Base
from studyhub.kernel.errors import Forbidden
from studyhub.kernel.words import N_
from studyhub.mail.service import MAIL
from studyhub.settings import Settings
from studyhub.storage.files import FileStore

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class RequestSession(BoundSession):
    """Begins its transactions as the request needs them: to read, or to write."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """The engine for what the request may do."""
        if has_request_context() and request.method in WRITES:
            writing: Engine = current_app.extensions["studyhub"]["writing"]
            return writing
        return super().get_bind(*args, **kwargs)


database = SQLAlchemy(metadata=Base.metadata, session_options={"class_": RequestSession})


def init_app(app: Flask, settings: Settings, clock: Clock) -> None:
    """Bind database, clock, files and settings to the application."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    database.init_app(app)
    with app.app_context():
        sqlite.prepare(database.engine)
        writing = database.engine.execution_options(**{sqlite.WRITES: True})
    app.extensions["studyhub"] = {
        "settings": settings,
        "writing": writing,
        "clock": clock,
        "zone": ZoneInfo(settings.timezone),
        "files": FileStore(Path(app.instance_path) / settings.files),
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    """Parameters are hidden: a fault's message must not carry an essay into the log."""
    in_memory = ":memory:" in settings.database_url
    return {
        "hide_parameters": True,
        "execution_options": {MAIL: settings.sends_mail},
        **({} if in_memory else {"pool_size": settings.pool_size}),
    }


def db() -> Session:
    """The request's database session."""
    session: Session = database.session()
    return session


def settings() -> Settings:
    """The installation's settings."""
    found: Settings = current_app.extensions["studyhub"]["settings"]
    return found


def files() -> FileStore:
    """Where uploads are kept."""
    found: FileStore = current_app.extensions["studyhub"]["files"]
    return found


def zone() -> ZoneInfo:
    """The installation's time zone."""
    found: ZoneInfo = current_app.extensions["studyhub"]["zone"]
    return found


def now() -> datetime:
    """The moment of this request: asked once, the same throughout."""
    if "now" not in g:
        clock: Clock = current_app.extensions["studyhub"]["clock"]
        g.now = clock.now()
    moment: datetime = g.now
    return moment


def today() -> date:
    """The day of this request where StudyHub stands."""
    return now().astimezone(zone()).date()


def actor() -> Actor:
    """The signed-in person as the law sees them; a door before the view has made sure."""
    found: Actor | None = g.get("actor")
    if found is None:
        raise Forbidden(N_("Sign in to continue."))
    return found


def me() -> User:
    """The signed-in person's own row."""
    found = db().get(User, actor().user_id)
    if found is None:
        raise Forbidden(N_("Sign in to continue."))
    return found
