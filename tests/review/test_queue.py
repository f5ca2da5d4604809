"""The queue: oldest first, by place, by what is wanted, never the whole of it."""

from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review import listing
from studyhub.review import queue as turns
from studyhub.review.line import SHOWN, Line, line
from studyhub.review.queue import Show, Sieve, Turn
from studyhub.review.reserving import FOR, reserve
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


def ids(essays: list[Essay]) -> list[object]:
    return [essay.id for essay in essays]


def mine(world: World, who: str = "binh") -> ColumnElement[bool]:
    """The essays that this person may judge."""
    return scope.judgeable_essays(world.actor(getattr(world, who)))


def seen(db: Session, world: World, essay: Essay, sieve: Sieve | None = None) -> Line:
    """The queue as Binh sees it from this essay."""
    return line(db, mine(world), essay, reader_id=world.binh.id, now=NOW, sieve=sieve)


@pytest.fixture(params=[1000, 1], ids=["short", "long"])
def counted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """A queue that is counted, and one that is too long for it."""
    for place in ("studyhub.review.line", "studyhub.review.listing", "studyhub.review.queue"):
        monkeypatch.setattr(f"{place}.MANY", request.param)
    return int(request.param)


def test_the_oldest_comes_first_and_only_what_one_may_judge(
    db: Session, world: World, counted: int
) -> None:
    essays = queue(world)

    page = listing.listed(db, mine(world), Sieve(), now=NOW)

    assert list(page.essays) == essays
    assert page.is_long == (counted == 1)
    assert page.total == min(3, counted + 1)
    [(title, count)] = listing.choices(db, mine(world), Sieve(), NOW).rounds.values()
    assert (title, count) == ("Nghị quyết số 52-NQ/TW", 3 if counted > 1 else None)


def test_a_page_goes_on_where_the_last_one_ended_and_back(
    db: Session, world: World, counted: int
) -> None:
    essays = queue(world)

    first = listing.listed(db, mine(world), Sieve(), now=NOW, limit=2)
    second = listing.listed(db, mine(world), Sieve(), now=NOW, since=first.later, limit=2)
    before = Turn(essays[2].submitted_at or NOW, essays[2].id)
    back = listing.listed(db, mine(world), Sieve(), now=NOW, since=before, back=True, limit=2)

    assert [list(page.essays) for page in (first, second, back)] == [
        essays[:2], essays[2:], essays[:2],
    ]  # fmt: skip
    assert (first.earlier, second.earlier, back.earlier) == (False, True, False)
    assert (second.later, back.later) == (None, first.later)


def test_one_comes_back_to_the_page_the_essay_stands_on(
    db: Session, world: World, counted: int
) -> None:
    round_ = world.round()
    people = [world.person(f"Người Thứ {number:02}", world.cell) for number in range(25)]
    essays = [world.essay(person, round_=round_, state=State.SUBMITTED) for person in people]
    for minute, essay in enumerate(essays):
        essay.submitted_at = NOW + timedelta(minutes=minute)
    db.flush()

    since = listing.page_before(db, mine(world), Sieve(), essays[23].id, now=NOW)
    page = listing.listed(db, mine(world), Sieve(), now=NOW, since=since)

    assert list(page.essays) == essays[20:]
    assert listing.page_before(db, mine(world), Sieve(), essays[19].id, now=NOW) is None


def test_each_has_its_place_and_its_neighbours(db: Session, world: World, counted: int) -> None:
    essays = queue(world)

    lines = [seen(db, world, essay) for essay in essays]

    places = [1, 2, 3] if counted > 1 else [None] * 3
    assert [one.here and one.here.place for one in lines] == places
    assert [one.previous and one.previous.id for one in lines] == [None, *ids(essays[:2])]
    assert [one.following and one.following.id for one in lines] == ids([*essays[1:], essays[0]])
    assert {one.total for one in lines} == {min(3, counted + 1)}
    assert [one.id for one in lines[1].around] == ids(essays)
    assert lines[0].around[0].name == "Trần Thị Lan"


def test_the_next_is_one_that_nobody_else_reads(db: Session, world: World, counted: int) -> None:
    essays = queue(world)
    reserve(db, essays[1].id, by=world.actor(world.giang), now=NOW)

    passed_over = seen(db, world, essays[0])
    back = seen(db, world, essays[2])
    later = line(db, mine(world), essays[0], reader_id=world.binh.id, now=NOW + FOR)

    assert passed_over.following
    assert passed_over.following.id == essays[2].id
    assert back.previous
    assert back.previous.id == essays[0].id
    assert [one.is_read for one in passed_over.around] == [False, True, False]
    assert later.following
    assert later.following.id == essays[1].id


def test_of_a_long_queue_only_what_stands_around_is_read(db: Session, world: World) -> None:
    round_ = world.round()
    people = [world.person(f"Người Thứ {number:02}", world.cell) for number in range(30)]
    for minute, person in enumerate(people):
        world.essay(person, round_=round_, state=State.SUBMITTED).submitted_at = NOW + timedelta(
            minutes=minute
        )
    db.flush()
    last = db.scalars(select(Essay).where(Essay.author_id == people[-1].id)).one()

    found = seen(db, world, last)

    assert [one.name for one in found.around] == [one.full_name for one in people[-SHOWN:]]
    assert (found.total, found.here and found.here.place) == (30, 30)
    assert (found.previous and found.previous.name) == "Người Thứ 28"
    assert (found.following and found.following.name) == "Người Thứ 00"


def test_from_an_essay_that_does_not_wait_the_next_is_the_one_behind(
    db: Session, world: World, counted: int
) -> None:
    essays = queue(world)
    essays[1].state = State.ACCEPTED
    db.flush()

    found = seen(db, world, essays[1])

    assert found.here is None
    assert (found.following and found.following.id) == essays[2].id


def test_the_last_one_has_no_next(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)

    assert line(db, true(), essay, reader_id=world.binh.id, now=NOW).following is None


def test_a_round_and_a_cell_can_be_chosen(db: Session, world: World, counted: int) -> None:
    queue(world)
    other = world.essay(world.an, round_=world.round(title="Khác"), state=State.SUBMITTED)
    hoa = db.scalars(select(Essay).where(Essay.author_id == world.hoa.id)).one()

    by_round = listing.listed(db, true(), Sieve(round_id=other.round_id), now=NOW)
    by_cell = listing.listed(db, true(), Sieve(cell_id=world.other_cell.id), now=NOW)

    assert (list(by_round.essays), list(by_cell.essays)) == ([other], [hoa])


def test_the_late_the_returned_and_those_that_waited_long_can_be_chosen(
    db: Session, world: World, counted: int
) -> None:
    essays = queue(world)
    essays[0].submitted_at = essays[0].versions[0].submitted_at = NOW - turns.LONG
    essays[1].versions[0].is_late = True
    essays[1].versions[0].submitted_at = essays[1].submitted_at or NOW
    essays[2].state = State.RETURNED
    db.flush()

    found = {
        show: list(listing.listed(db, mine(world), Sieve(show), now=NOW).essays) for show in Show
    }

    assert found[Show.LONG] == [essays[0]]
    assert found[Show.LATE] == [essays[1]]
    assert found[Show.RETURNED] == [essays[2]]
    assert found[Show.WAITING] == essays[:2]
    assert found[Show.SIMILAR] == []
    late = seen(db, world, essays[0], Sieve(Show.LATE))
    assert late.following
    assert late.following.id == essays[1].id


def test_what_is_wanted_stands_in_the_address(world: World) -> None:
    assert Sieve().words == {}
    assert Sieve(Show.LATE, cell_id=world.cell.id).words == {
        "show": "late", "cell": str(world.cell.id),
    }  # fmt: skip
