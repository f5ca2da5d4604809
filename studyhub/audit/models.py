"""One row per deed worth remembering; rows are never changed and never deleted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from studyhub.kernel.database import Base


class AuditEntry(Base):
    """Who did what to which thing, and when. Ids and figures only, no personal text."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[UUID | None] = mapped_column(index=True)
    deed: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]


class AuditSeal(Base):
    """A link of the chain over the log: seals the entries up to `last_id`, in order."""

    __tablename__ = "audit_seal"

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    entries: Mapped[int]
    link: Mapped[str] = mapped_column(String(64), index=True)
    made_at: Mapped[datetime]


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse(_mapper: Mapper[AuditEntry], _connection: Connection, entry: AuditEntry) -> None:
    raise RuntimeError(f"the log is append-only: entry {entry.id} stays as it is")
