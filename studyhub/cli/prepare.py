"""Makes an installation ready to start: tables, and the demonstration if there is nothing yet."""

import os
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from studyhub.accounts.cast import PASSWORD, SIGN_INS
from studyhub.demonstration.load import is_empty, load
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.schema import migrate
from studyhub.web.language import gettext
from studyhub.web.request import database, files, settings, zone


@click.command()
@click.option("--no-demo", is_flag=True, help="Leave an empty database empty.")
@with_appcontext
def prepare(*, no_demo: bool) -> None:
    """Bring the database up to date, load the demonstration if it is empty, say where it is."""
    migrate(database.engine)
    with Session(database.engine) as db:
        db.connection(execution_options={WRITES: True})
        loaded = is_empty(db) and not no_demo
        if loaded:
            _load(db)
        db.commit()
    _tell(demonstration=loaded or settings().demonstration)


def _load(db: Session) -> None:
    click.echo("Loading the demonstration organization (once, some seconds):")
    load(
        db, files(), now=SystemClock().now(), zone=zone(), say=lambda what: click.echo(f"  {what}")
    )
    if not settings().demonstration:
        with Path(current_app.instance_path, "settings.toml").open("a", encoding="utf-8") as file:
            file.write("demonstration = true  # shows its sign-ins on the sign-in page\n")


def _tell(*, demonstration: bool) -> None:
    address = os.environ.get("STUDYHUB_ADDRESS", "http://127.0.0.1:8000")
    click.echo(f"\nStudyHub: {address}\n")
    if demonstration:
        click.echo("Sign-ins of the demonstration (all invented):")
        for person in SIGN_INS:
            click.echo(f"  {person.card_number}  {gettext(person.role)}: {person.name}")
        click.echo(f"  Password of all of them: {PASSWORD}\n")
    click.echo("Ctrl-C stops it.")
