"""In which window an essay is open."""

from datetime import timedelta

from sqlalchemy.orm import Session

from studyhub.essays import presence
from tests.essays.paper import begun
from tests.world import NOW, World

DESK, PHONE = "a1", "b2"


def test_a_window_alone_sees_no_other(db: Session, world: World) -> None:
    essay = world.essay()

    presence.arrive(db, essay, DESK, now=NOW)

    assert not presence.is_open_elsewhere(db, essay, DESK, now=NOW)
    assert presence.is_open_elsewhere(db, essay, PHONE, now=NOW)


def test_of_two_windows_each_sees_the_other(db: Session, world: World) -> None:
    essay = world.essay()
    presence.arrive(db, essay, DESK, now=NOW)
    presence.arrive(db, essay, PHONE, now=NOW)

    assert presence.is_open_elsewhere(db, essay, DESK, now=NOW)


def test_whoever_leaves_is_forgotten_and_so_is_whoever_falls_silent(
    db: Session, world: World
) -> None:
    essay = world.essay()
    presence.arrive(db, essay, DESK, now=NOW)
    presence.leave(db, essay, PHONE)
    assert presence.is_open_elsewhere(db, essay, PHONE, now=NOW)

    later = NOW + presence.AFTER_A_WHILE + timedelta(seconds=1)
    assert not presence.is_open_elsewhere(db, essay, PHONE, now=later)
    presence.leave(db, essay, DESK)
    assert not presence.is_open_elsewhere(db, essay, PHONE, now=NOW)


def test_what_a_secretary_types_is_told_apart_from_what_the_member_writes(
    db: Session, world: World
) -> None:
    essay = world.essay(world.an)
    transcript = begun(db, world, essay.round)
    presence.arrive(db, transcript, DESK, now=NOW)
    presence.arrive(db, transcript, DESK, now=NOW)

    assert presence.is_open_elsewhere(db, transcript, PHONE, now=NOW)
    assert not presence.is_open_elsewhere(db, essay, PHONE, now=NOW)

    presence.leave(db, transcript, DESK)
    assert not presence.is_open_elsewhere(db, transcript, PHONE, now=NOW)
