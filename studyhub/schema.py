"""Brings a database to the present schema by running the migrations."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from studyhub.kernel import sqlite
from studyhub.kernel.sqlite import WRITES
from studyhub.settings import ROOT

STEPS = ROOT / "studyhub" / "migrations"


def migrate(engine: Engine, revision: str = "head") -> None:
    """Run every step up to `revision` that this database has not seen; "base" undoes them all."""
    step = command.downgrade if revision == "base" else command.upgrade
    writing = engine.connect().execution_options(**{WRITES: True})
    with writing as connection, sqlite.references_unwatched(connection):
        step(_config(connection), revision)
        sqlite.require_references(connection)
        connection.commit()


def draft_migration(engine: Engine, message: str) -> None:
    """Write the step from what the database is to what the models say (for developers)."""
    number = 1 + len(list((STEPS / "versions").glob("*.py")))
    with engine.connect() as connection:
        command.revision(
            _config(connection), message=message, autogenerate=True, rev_id=f"{number:04}"
        )


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
