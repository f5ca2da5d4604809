"""Checks every figure against the rows behind it."""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.reconciliation.service import Difference
from studyhub.reconciliation.service import recount as check
from studyhub.web.request import database


@click.command()
@click.option("--mend", is_flag=True, help="Set wrong figures right.")
@with_appcontext
def recount(*, mend: bool) -> None:
    """Count everything anew and say where the figures kept differ from the rows."""
    with Session(database.engine) as db:
        db.connection(execution_options={WRITES: True})
        found = check(db, by=None, now=SystemClock().now(), mend=mend)
        db.commit()
    for difference in found:
        click.echo(_line(difference))
    click.echo(f"{len(found)} differences" + (", mended" if found and mend else ""))
    sys.exit(1 if found and not mend else 0)


def _line(found: Difference) -> str:
    kept, counted = found.kept, found.counted
    return (
        f"round {found.round_id}, {found.subject}, {found.figure}: {kept} kept, {counted} counted"
    )
