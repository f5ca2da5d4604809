"""Puts a session of the demonstration on air, for `./dev live`."""

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from studyhub.demonstration.on_air import put_on_air
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.errors import StudyHubError
from studyhub.kernel.sqlite import WRITES
from studyhub.web.request import database, zone


@click.command("put-on-air")
@with_appcontext
def put_demonstration_on_air() -> None:
    """Let a session of the demonstration begin now; say its number and its stream key."""
    with Session(database.engine) as db:
        db.connection(execution_options={WRITES: True})
        try:
            session, key = put_on_air(db, now=SystemClock().now(), zone=zone())
        except StudyHubError as refusal:
            raise click.ClickException(str(refusal)) from None
        session_id = session.id
        db.commit()
    click.echo(f"{session_id} {key}")
