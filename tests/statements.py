"""Counts the statements sent to a database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from studyhub.web.request import database


@contextmanager
def counted(on: Session | Engine) -> Iterator[list[str]]:
    """The statements sent while the block lasts; transaction control is not among them."""
    engine = on if isinstance(on, Engine) else on.get_bind().engine
    seen: list[str] = []

    def note(*told: object) -> None:
        seen.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def counted_in(app: Flask) -> Iterator[list[str]]:
    """The statements the application sends while the block lasts."""
    with app.app_context():
        engine = database.engine
    with counted(engine) as seen:
        yield seen
