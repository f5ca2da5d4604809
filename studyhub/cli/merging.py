"""Plays the scene of the demonstration in which eight cells become five."""

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from studyhub.demonstration.merging import merge
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.errors import StudyHubError
from studyhub.kernel.sqlite import WRITES
from studyhub.web.request import database, zone


@click.command("merge-demonstration")
@with_appcontext
def merge_demonstration() -> None:
    """Let the eight cells of the demonstration become five, today, while its round is open."""
    with Session(database.engine) as db:
        db.connection(execution_options={WRITES: True})
        try:
            merge(db, now=SystemClock().now(), zone=zone(), say=click.echo)
        except StudyHubError as refusal:
            raise click.ClickException(str(refusal)) from None
        db.commit()
    click.echo("Eight cells have become five. Each act can be undone on its page.")
