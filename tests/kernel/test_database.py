"""The shared column types refuse what would be read wrongly later."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from tests.world import NOW, World


def test_a_naive_moment_is_refused(db: Session) -> None:
    db.add(AuditEntry(at=datetime(2026, 1, 1), deed="x", facts={}))  # noqa: DTZ001 - on purpose

    with pytest.raises(StatementError, match="naive"):
        db.flush()


def test_a_moment_comes_back_aware_and_in_utc(db: Session) -> None:
    hanoi = timezone(timedelta(hours=7))
    db.add(AuditEntry(id=1, at=datetime(2026, 1, 1, 7, tzinfo=hanoi), deed="x", facts={}))
    db.flush()
    db.expire_all()

    entry = db.get(AuditEntry, 1)

    assert entry is not None
    assert entry.at == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_database_itself_refuses_an_unknown_state(db: Session, world: World) -> None:
    essay = world.essay(state=State.DRAFT)

    with pytest.raises(IntegrityError):
        db.execute(
            text("UPDATE essay SET state = 'lost' WHERE draft_revision = :n"),
            {"n": essay.draft_revision},
        )


def test_the_log_is_append_only(db: Session, world: World) -> None:
    log.record(db, Deed.SIGNED_IN, world.an.id, by=world.actor(world.an), now=NOW)
    db.flush()
    entry = db.query(AuditEntry).one()

    entry.deed = "something.else"

    with pytest.raises(RuntimeError, match="append-only"):
        db.flush()
