"""One request, one transaction.

Nothing else in StudyHub commits. A write request that succeeds is committed;
a read, a refusal, and a failure are rolled back, so GET cannot write at all.
There are three departures, all here: `set_aside` gives the transaction back
while something slow happens, `own` is for the record of a reading, which must
be kept although the page is only read, and `keep` for counting wrong attempts.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, g, request
from sqlalchemy.orm import Session

from studyhub.kernel import sqlite
from studyhub.web.request import WRITES, database


def init_app(app: Flask) -> None:
    """Settle every request."""
    app.after_request(_settle)


def keep() -> None:
    """Keep what was written although the answer is a refusal: the count of wrong attempts."""
    g.keep = True


def _settle(response: Response) -> Response:
    accepted = response.status_code < 400 or g.get("keep", False)
    if request.method in WRITES and accepted:
        database.session.commit()
    else:
        database.session.rollback()
    return response


@contextmanager
def set_aside() -> Iterator[None]:
    """Give the transaction back while something slow happens: nobody waits for our lock.

    Only before anything was written. Rows read before are read anew after.
    """
    if database.session.new or database.session.dirty:
        raise RuntimeError("something was already written in this request")
    database.session.rollback()
    yield


@contextmanager
def own() -> Iterator[Session]:
    """A short transaction of its own, kept whatever becomes of the request (in a GET only)."""
    if request.method in WRITES:
        raise RuntimeError("a writing request has its own transaction already")
    database.session.rollback()
    with Session(database.engine) as session, session.begin():
        session.connection(execution_options={sqlite.WRITES: True})
        yield session
