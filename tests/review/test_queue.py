"""The queue: oldest first, by place, never the whole of it."""

from datetime import timedelta

from sqlalchemy import true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review import queries
from tests.world import NOW, World


def line(world: World) -> list[Essay]:
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


def test_the_oldest_comes_first_and_only_what_one_may_judge(db: Session, world: World) -> None:
    essays = line(world)
    visible = scope.judgeable_essays(world.actor(world.binh))

    assert list(queries.waiting(db, visible)) == essays
    assert list(queries.waiting(db, visible, limit=1, offset=1)) == [essays[1]]
    [(title, count)] = queries.count_waiting(db, visible).values()
    assert (title, count) == ("Nghị quyết số 52-NQ/TW", 3)


def test_each_has_its_place_and_its_neighbours(db: Session, world: World) -> None:
    essays = line(world)
    visible = scope.judgeable_essays(world.actor(world.binh))

    def after(essay: Essay) -> Essay | None:
        moment = essay.submitted_at or NOW
        return queries.next_after(db, visible, moment=moment, essay_id=essay.id)

    assert [queries.place(db, visible, essay) for essay in essays] == [0, 1, 2]
    assert [queries.before(db, visible, essay) for essay in essays] == [None, *essays[:2]]
    assert [after(essay) for essay in essays] == [essays[1], essays[2], essays[0]]


def test_the_last_one_has_no_next(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)

    assert queries.next_after(db, true(), moment=NOW, essay_id=essay.id) is None


def test_a_round_can_be_chosen(db: Session, world: World) -> None:
    line(world)
    other = world.essay(world.an, round_=world.round(title="Khác"), state=State.SUBMITTED)

    found = queries.waiting(db, true(), round_id=other.round_id)

    assert list(found) == [other]
