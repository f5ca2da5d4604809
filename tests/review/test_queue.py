"""The queue: oldest first, by place, never the whole of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.ids import new_uuid
from studyhub.review import queries
from studyhub.review.line import SHOWN, line
from tests.world import NOW, World


def queue(world: World) -> list[Essay]:
    """Three essays that wait, the oldest first; the last two came at the same moment."""
    round_ = world.round()
    found = []
    for person, hours in ((world.lan, 9), (world.an, 3), (world.giang, 3)):
        essay = world.essay(person, round_=round_, state=State.SUBMITTED)
        essay.submitted_at = NOW - timedelta(hours=hours)
        found.append(essay)
    world.essay(world.hoa, round_=round_, state=State.SUBMITTED)
    world.db.flush()
    return [found[0], *sorted(found[1:], key=lambda essay: essay.id)]


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


def ids(essays: list[Essay]) -> list[object]:
    return [essay.id for essay in essays]


def following(db: Session, world: World, essay: Essay) -> object:
    visible = scope.judgeable_essays(world.actor(world.binh))
    return queries.next_after(db, visible, moment=essay.submitted_at or NOW, essay_id=essay.id)


def test_the_oldest_comes_first_and_only_what_one_may_judge(db: Session, world: World) -> None:
    essays = queue(world)
    visible = scope.judgeable_essays(world.actor(world.binh))

    assert list(queries.waiting(db, visible)) == essays
    assert list(queries.waiting(db, visible, limit=1, offset=1)) == [essays[1]]
    [(title, count)] = queries.count_waiting(db, visible).values()
    assert (title, count) == ("Nghị quyết số 52-NQ/TW", 3)


def test_each_has_its_place_and_its_neighbours(db: Session, world: World) -> None:
    essays = queue(world)
    visible = scope.judgeable_essays(world.actor(world.binh))

    seen = [line(db, visible, essay) for essay in essays]

    assert [one.here and one.here.place for one in seen] == [1, 2, 3]
    assert [one.previous and one.previous.id for one in seen] == [None, *ids(essays[:2])]
    assert [one.following and one.following.id for one in seen] == ids([*essays[1:], essays[0]])
    assert [following(db, world, essay) for essay in essays] == ids([*essays[1:], essays[0]])
    assert {one.total for one in seen} == {3}
    assert [one.id for one in seen[0].head] == ids(essays)
    assert seen[0].head[0].name == "Trần Thị Lan"


def test_of_a_long_queue_only_the_head_and_the_neighbours_are_read(
    db: Session, world: World
) -> None:
    round_ = world.round()
    people = [world.person(f"Người Thứ {number:02}", world.cell) for number in range(30)]
    for minute, person in enumerate(people):
        world.essay(person, round_=round_, state=State.SUBMITTED).submitted_at = NOW + timedelta(
            minutes=minute
        )
    db.flush()
    visible = scope.judgeable_essays(world.actor(world.binh))
    last = db.scalars(select(Essay).where(Essay.author_id == people[-1].id)).one()

    seen = line(db, visible, last)

    assert [one.name for one in seen.head] == [person.full_name for person in people[:SHOWN]]
    assert (seen.total, seen.here and seen.here.place) == (30, 30)
    assert (seen.previous and seen.previous.name) == "Người Thứ 28"
    assert (seen.following and seen.following.name) == "Người Thứ 00"


def test_from_an_essay_that_does_not_wait_the_next_is_the_one_behind(
    db: Session, world: World
) -> None:
    essays = queue(world)
    visible = scope.judgeable_essays(world.actor(world.binh))
    essays[1].state = State.ACCEPTED
    db.flush()

    seen = line(db, visible, essays[1])

    assert (seen.here, seen.previous, seen.total) == (None, None, 2)
    assert (seen.following and seen.following.id) == essays[2].id


def test_the_last_one_has_no_next(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)

    assert queries.next_after(db, true(), moment=NOW, essay_id=essay.id) is None
    assert line(db, true(), essay).following is None


def test_a_round_can_be_chosen(db: Session, world: World) -> None:
    queue(world)
    other = world.essay(world.an, round_=world.round(title="Khác"), state=State.SUBMITTED)

    found = queries.waiting(db, true(), round_id=other.round_id)

    assert list(found) == [other]


@pytest.mark.parametrize("who", ["binh", "dung"])
def test_what_waits_elsewhere_is_not_looked_at(db: Session, world: World, who: str) -> None:
    if db.get_bind().dialect.name != "sqlite":
        pytest.skip("how a plan is told depends on the database")
    visible = scope.judgeable_essays(world.actor(getattr(world, who)))

    with asked(db) as questions:
        line(db, visible, queue(world)[0])
        queries.waiting(db, visible)
        queries.count_waiting(db, visible)
        queries.next_after(db, visible, moment=NOW, essay_id=new_uuid())

    plans = [plan(db, *question) for question in questions if "essay.state =" in question[0]]
    assert len(plans) == 4
    for steps in plans:
        assert "essay USING INDEX ix_essay_queue (cell_id=? AND state=?)" in steps
        assert "SCAN essay" not in steps
