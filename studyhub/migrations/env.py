"""Alembic's environment: runs the steps on the connection it is handed."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON

from studyhub.kernel.database import UtcDateTime
from studyhub.models import Base


def plain(kind: str, item: object, writer: Any) -> str | Literal[False]:
    """Write our own column types in SQLAlchemy's words: a migration never imports StudyHub."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, JSON):
        writer.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
