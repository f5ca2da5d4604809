"""The application with a mail server, and what it sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask

from studyhub.background import runner
from studyhub.letters import composing
from studyhub.mail.service import MAIL
from tests.mail.receiver import HOST, Receiver, receiving


@contextmanager
def with_mail(app: Flask) -> Iterator[Receiver]:
    """For as long as the block lasts, letters are written, and go to this receiver."""
    known = app.extensions["studyhub"]
    before = known["settings"]
    with receiving(Receiver()) as receiver:
        known["settings"] = replace(
            before,
            public_url="http://localhost",
            smtp_host=HOST,
            smtp_port=receiver.port,
            smtp_security="none",
            mail_from="hoctap@example.vn",
        )
        _switch(app, on=True)
        try:
            yield receiver
        finally:
            known["settings"] = before
            _switch(app, on=False)


def _switch(app: Flask, *, on: bool) -> None:
    """As the engine would be made with those settings."""
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    for one in (engine, app.extensions["studyhub"]["writing"]):
        one.update_execution_options(**{MAIL: on})


def send(app: Flask) -> None:
    """What is due leaves."""
    composing.send(runner(app).tools)
