"""The command group, and the commands that set an installation up."""

import click
from flask import current_app
from flask.cli import with_appcontext

from studyhub.cli.compare import compare
from studyhub.cli.found import found
from studyhub.cli.jobs import list_jobs, run_jobs
from studyhub.cli.law import print_law
from studyhub.cli.merging import merge_demonstration
from studyhub.cli.on_air import put_demonstration_on_air
from studyhub.cli.prepare import prepare
from studyhub.cli.recount import recount
from studyhub.cli.verify import verify
from studyhub.schema import draft_migration, migrate
from studyhub.web.request import database


@click.group()
def office() -> None:
    """Set up and look after this StudyHub."""


@office.command("migrate")
@with_appcontext
def migrate_command() -> None:
    """Bring the database to the present schema."""
    migrate(database.engine)
    click.echo(f"{current_app.name}: the database is up to date")


@office.command("draft-migration")
@click.argument("message")
@with_appcontext
def draft_command(message: str) -> None:
    """Write a migration for what the models say and the database lacks (developers)."""
    draft_migration(database.engine, message)


office.add_command(prepare)
office.add_command(compare)
office.add_command(recount)
office.add_command(found)
office.add_command(merge_demonstration)
office.add_command(put_demonstration_on_air)
office.add_command(print_law)
office.add_command(run_jobs)
office.add_command(list_jobs)
office.add_command(verify)
