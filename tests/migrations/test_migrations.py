"""The migrations build exactly what the models say, on each kind of database."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect

from studyhub.kernel import sqlite
from studyhub.models import Base
from studyhub.schema import migrate
from tests.databases import KINDS, served


@pytest.fixture(params=KINDS)
def bare(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with nothing in it."""
    with served(request.param) as url:
        engine = create_engine(url)
        sqlite.prepare(engine)
        yield engine
        engine.dispose()


@pytest.mark.slow  # begins a PostgreSQL of its own
def test_the_migrations_build_exactly_the_schema_of_the_models(bare: Engine) -> None:
    migrate(bare)

    with bare.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    models = create_engine("sqlite://")
    Base.metadata.create_all(models)
    assert _checks(bare) == _checks(models)
    models.dispose()


def _checks(engine: Engine) -> set[tuple[str, str]]:
    inspector = inspect(engine)
    return {
        (table, str(check["name"]))
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
        if check["name"]
    }


@pytest.mark.slow  # begins a PostgreSQL of its own
def test_running_them_again_changes_nothing_and_undoing_leaves_nothing(bare: Engine) -> None:
    migrate(bare)
    migrate(bare)
    before = set(inspect(bare).get_table_names())

    migrate(bare, "base")

    assert before > {"essay", "unit", "tally"}
    assert set(inspect(bare).get_table_names()) == {"alembic_version"}
