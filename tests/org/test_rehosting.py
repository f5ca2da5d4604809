"""Guests of a cell that is merged go on with its successor, and back when that is undone."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from studyhub.org import guests, service
from studyhub.org.models import Unit, UnitKind
from studyhub.org.rehosting import move_stays, put_stays_back
from studyhub.org.stays import Stay
from tests.org.people import membership_of
from tests.world import LONG_AGO, NOW, TODAY, World

ONE_DAY = timedelta(days=1)
SINCE, UNTIL = date(2026, 5, 19), date(2027, 5, 18)


def third_cell(db: Session, world: World) -> Unit:
    return service.found_unit(
        db, world.district, kind=UnitKind.CELL, name="Chi bộ Ba", since=LONG_AGO, by=None, now=NOW
    )


def begin(db: Session, world: World, since: date = SINCE, until: date = UNTIL) -> Stay:
    return service.begin_stay(
        db, world.an, world.other_cell, since=since, until=until, by=None, now=NOW
    )


def host_on(db: Session, world: World, day: date) -> list[Unit]:
    return [row.host for row in guests.stays_of(db, world.an.id) if row.holds(day)]


def test_guests_go_on_with_the_successor_and_back(db: Session, world: World) -> None:
    stay, third = begin(db, world), third_cell(db, world)

    moved = move_stays(db, world.other_cell, third, TODAY, basis="Số 9", by=None, now=NOW)

    assert host_on(db, world, TODAY - ONE_DAY) == [world.other_cell]
    assert host_on(db, world, TODAY) == host_on(db, world, UNTIL) == [third]
    assert guests.stays_on(db, world.other_cell, TODAY).guests == []
    put_stays_back(db, moved, basis="Số 10", by=None, now=NOW)
    assert host_on(db, world, SINCE) == host_on(db, world, UNTIL) == [world.other_cell]
    assert (stay.until, stay.until_basis) == (UNTIL, "")


def test_a_stay_to_come_begins_with_the_successor(db: Session, world: World) -> None:
    later = TODAY + 30 * ONE_DAY
    begin(db, world, since=later)
    third = third_cell(db, world)

    moved = move_stays(db, world.other_cell, third, TODAY, basis="Số 9", by=None, now=NOW)

    assert host_on(db, world, later) == [third]
    put_stays_back(db, moved, basis="", by=None, now=NOW)
    assert host_on(db, world, later) == [world.other_cell]


def test_who_comes_to_belong_to_the_host_is_no_guest_any_more(db: Session, world: World) -> None:
    """The official cell is merged into the host: An's membership has moved before."""
    stay = begin(db, world)
    membership_of(db, world.an).cell = world.other_cell
    db.flush()

    moved = move_stays(db, world.cell, world.other_cell, TODAY, basis="Số 9", by=None, now=NOW)

    assert stay.until == TODAY - ONE_DAY
    assert [was["begun"] for was in moved] == [None]
    put_stays_back(db, moved, basis="", by=None, now=NOW)
    assert stay.until == UNTIL


def test_without_a_successor_the_stay_ends(db: Session, world: World) -> None:
    stay = begin(db, world)

    move_stays(db, world.other_cell, None, TODAY, basis="Số 9", by=None, now=NOW)

    assert (stay.until, stay.until_basis) == (TODAY - ONE_DAY, "Số 9")
    assert host_on(db, world, TODAY) == []


def test_the_stays_of_members_and_of_guests_are_touched(db: Session, world: World) -> None:
    stay = begin(db, world)
    third = third_cell(db, world)

    assert list(guests.stays_touched(db, [world.cell], TODAY)) == [stay]
    assert list(guests.stays_touched(db, [world.other_cell], TODAY)) == [stay]
    assert list(guests.stays_touched(db, [third], TODAY)) == []
    assert list(guests.stays_touched(db, [world.cell], UNTIL + ONE_DAY)) == []
