"""One request, one transaction.

Nothing else in StudyHub commits. A write request that succeeds is committed;
a read, a refusal, and a failure are rolled back, so GET cannot write at all.

Writers stand in line (`kernel.sqlite`), so nobody stands there longer than the
deed takes: the body is read whole before anything else, and the doors
recognise the person while `looking`. The thing itself is loaded and authorized
in line, by the transaction that changes it: nothing a deed decides on was read
before. (The offices of the person were, a moment before; on PostgreSQL too.)

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
    app.before_request(_receive)
    app.after_request(_settle)


def keep() -> None:
    """Keep what was written although the answer is a refusal: the count of wrong attempts."""
    g.keep = True


def _receive() -> None:
    """Take in all of the body: whoever sends slowly keeps nobody waiting."""
    if request.method in WRITES:
        request.get_data(parse_form_data=True)


def _settle(response: Response) -> Response:
    accepted = response.status_code < 400 or g.get("keep", False)
    if request.method in WRITES and accepted:
        database.session.commit()
    else:
        database.session.rollback()
    return response


@contextmanager
def looking() -> Iterator[Session]:
    """Read something without standing in line: before the deed, or beside a refusal.

    What was read belongs to no transaction afterwards: it is for showing, and
    never written. Where the request's transaction has begun, it reads in that one.
    """
    ours = database.session()
    if request.method not in WRITES or ours.in_transaction():
        yield ours
        return
    with Session(database.engine) as session:
        yield session


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
