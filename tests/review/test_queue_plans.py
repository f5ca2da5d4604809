"""How the databases look for the queue: never at what waits elsewhere, never sorting a long one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from studyhub.review import listing
from studyhub.review import queue as turns
from studyhub.review.line import line
from studyhub.review.queue import Sieve, Turn
from tests.review.test_queue import mine, queue
from tests.world import NOW, World


@contextmanager
def asked(db: Session) -> Iterator[list[tuple[str, Any]]]:
    """The questions put to the database while the block lasts, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        seen.append((told[2], told[3]))

    event.listen(db.get_bind(), "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.get_bind(), "before_cursor_execute", note)


def plan(db: Session, question: str, parameters: Any) -> str:
    """How SQLite means to answer."""
    steps = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", parameters)
    return "\n".join(step.detail for step in steps)


@pytest.mark.parametrize("who", ["binh", "dung"])
def test_what_waits_elsewhere_is_not_looked_at(db: Session, world: World, who: str) -> None:
    if db.get_bind().dialect.name != "sqlite":
        pytest.skip("how a plan is told depends on the database")
    visible, reader = mine(world, who), getattr(world, who).id

    with asked(db) as questions:
        line(db, visible, queue(world)[0], reader_id=reader, now=NOW)
        listing.listed(db, visible, Sieve(), now=NOW)
        listing.choices(db, visible, Sieve(), NOW)

    plans = [plan(db, *question) for question in questions if "essay.state =" in question[0]]
    assert len(plans) == 4
    for steps in plans:
        assert "essay USING INDEX ix_essay_queue (cell_id=? AND state=?)" in steps
        assert "SCAN essay" not in steps


def test_a_long_queue_is_walked_in_turn_and_never_sorted(
    db: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.get_bind().dialect.name != "sqlite":
        pytest.skip("how a plan is told depends on the database")
    monkeypatch.setattr("studyhub.review.line.MANY", 1)
    here = Turn(NOW, queue(world)[0].id)
    statement = turns.walk(mine(world), Sieve(), NOW - turns.LONG, since=here).limit(20)

    with asked(db) as questions:
        db.execute(statement)

    steps = plan(db, *questions[-1])
    assert "ix_essay_in_turn (state=? AND (submitted_at,id)>(?,?))" in steps
    assert "TEMP B-TREE FOR ORDER BY" not in steps
