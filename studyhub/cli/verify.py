"""Checks that nothing handed in, and nothing in the log, was altered since it was sealed."""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from studyhub.audit import sealing as log
from studyhub.essays import sealing as essays
from studyhub.web.request import database


@click.command()
@click.option("--noted", default="", help="A seal noted down earlier: is it still in the chain?")
@with_appcontext
def verify(*, noted: str) -> None:
    """Follow the chains over hand-ins and log; name what was altered, and fail if anything was."""
    with Session(database.engine) as db:
        found = [*essays.faults(db), *(fault.what for fault in log.faults(db))]
        if noted and not essays.stands(db, noted.replace(" ", "").lower()):
            found.append(f"the seal {noted} is not in the chain any more")
        for fault in found:
            click.echo(fault)
        _tell_heads(db)
    click.echo(f"{len(found)} faults")
    sys.exit(1 if found else 0)


def _tell_heads(db: Session) -> None:
    """To be noted down, or printed, where no administrator of this machine can reach it."""
    last, logged = essays.head(db), log.head(db)
    if last:
        click.echo(f"hand-ins: {last.place}, last seal {last.link}")
    if logged:
        click.echo(f"log: sealed up to entry {logged.last_id}, last seal {logged.link}")
