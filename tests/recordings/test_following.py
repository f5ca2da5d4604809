"""What a player says is added up, on every device, and never more than the time allows."""

from datetime import timedelta

import pytest

from studyhub.recordings import queries
from studyhub.recordings.following import Heard, follow
from studyhub.recordings.models import Recording, Watching
from studyhub.study.models import StudySession
from tests.recordings.films import recording
from tests.world import NOW, World


@pytest.fixture
def film(world: World, session: StudySession) -> Recording:
    """Of 100 seconds."""
    return recording(world, session)


def _tell(
    world: World, film: Recording, *stretches: tuple[float, float], at: float, opened: float = 0,
    speed: float = 1.0, place: float = 0,
) -> Watching:  # fmt: skip
    """At so many seconds after NOW, An's player says so, in seconds."""
    told = [(int(begins * 1000), int(ends * 1000)) for begins, ends in stretches]
    since = NOW + timedelta(seconds=opened)
    heard = Heard(stretches=told, place=int(place * 1000), speed=speed, since=since)
    an, moment = world.actor(world.an), NOW + timedelta(seconds=at)
    return follow(world.db, film, heard, by=an, now=moment)


def test_stretches_add_up_across_jumps_and_devices(world: World, film: Recording) -> None:
    _tell(world, film, (0, 30), at=31)
    _tell(world, film, (60, 75), (20, 25), at=52, place=25)
    watching = _tell(world, film, (70, 90), at=75, opened=53, place=90)  # on a telephone

    assert watching.spans == [[0, 30_000], [60_000, 90_000]]
    assert (watching.seen, watching.place) == (60_000, 90_000)
    shown = queries.shown(world.db, film, world.an.id)
    assert (shown.left, shown.percent, shown.place) == (40_000, 60, 90_000)
    assert shown.gaps == [[30_000, 60_000], [90_000, 100_000]]


def test_the_same_told_twice_is_known_once(world: World, film: Recording) -> None:
    _tell(world, film, (0, 30), at=31)
    watching = _tell(world, film, (0, 30), at=31)

    assert watching.seen == 30_000


def test_nobody_sees_more_than_the_time_that_passed(world: World, film: Recording) -> None:
    assert _tell(world, film, (0, 100), at=30).seen == 30_000
    assert _tell(world, film, (0, 100), at=30).seen == 30_000
    assert _tell(world, film, (0, 100), at=40).seen == 40_000


def test_twice_the_speed_is_twice_as_much_and_no_more(world: World, film: Recording) -> None:
    assert _tell(world, film, (0, 60), at=30, speed=2).seen == 60_000
    assert _tell(world, film, (60, 100), at=35, speed=16).seen == 70_000


def test_two_devices_at_once_are_one_person(world: World, film: Recording) -> None:
    _tell(world, film, (0, 30), at=30)
    watching = _tell(world, film, (60, 90), at=30)

    assert watching.seen == 30_000


def test_a_night_between_two_visits_allows_nothing(world: World, film: Recording) -> None:
    _tell(world, film, (0, 10), at=10)
    night = 8 * 3600
    watching = _tell(world, film, (10, 100), at=night + 5, opened=night)

    assert watching.seen == 15_000


def test_what_a_bad_line_told_late_still_counts(world: World, film: Recording) -> None:
    _tell(world, film, (0, 10), at=10)
    watching = _tell(world, film, (10, 40), (40, 70), at=95)  # two heartbeats were lost

    assert watching.seen == 70_000


def test_a_heartbeat_that_is_early_may_tell_what_one_before_was_late_with(
    world: World, film: Recording
) -> None:
    _tell(world, film, (0, 30), at=36)
    watching = _tell(world, film, (30, 60), at=60)

    assert watching.seen == 60_000


def test_after_the_end_it_begins_anew(world: World, film: Recording) -> None:
    _tell(world, film, (0, 100), at=101, place=100)

    shown = queries.shown(world.db, film, world.an.id)

    assert (shown.left, shown.place) == (0, 0)
