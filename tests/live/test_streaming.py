"""What the media server says of a stream: let in, going on, ended, recorded."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.jobs.models import Job
from studyhub.kernel.errors import Forbidden, Untimely
from studyhub.live import queries, sources, streaming
from studyhub.live.handing_over import AWAITED, KIND
from studyhub.live.models import LiveStream, Source
from studyhub.live.rules import OnAir
from studyhub.rounds import service as rounds
from tests.live.conftest import Studio, secret_of
from tests.world import NOW, World

MINUTE = timedelta(minutes=1)


def on_air(db: Session, studio: Studio, minutes: float = 0) -> OnAir | None:
    db.flush()
    return queries.live_of(db, studio.session, NOW + minutes * MINUTE).on_air


def test_whoever_has_the_key_is_on_air(db: Session, world: World, studio: Studio) -> None:
    assert on_air(db, studio) is OnAir.NOT_YET
    stream = streaming.begin(db, studio.sender(), now=NOW)
    assert on_air(db, studio) is OnAir.NOW
    assert stream.began_by == world.dung.id


@pytest.mark.parametrize("key", ["", "wrong", "x" * 1000])
def test_a_wrong_key_is_refused(db: Session, studio: Studio, key: str) -> None:
    with pytest.raises(Forbidden):
        streaming.begin(db, studio.sender(key=key), now=NOW)
    assert on_air(db, studio) is OnAir.NOT_YET


def test_the_key_of_one_session_is_none_of_another(
    db: Session, world: World, studio: Studio
) -> None:
    other = world.session(studio.session.round, title="Buổi 2")
    sources.choose(db, other, Source.STREAM, by=world.actor(world.dung), now=NOW)
    with pytest.raises(Forbidden):
        streaming.begin(db, Studio(other, studio.key).sender(), now=NOW)
    with pytest.raises(Forbidden):
        streaming.begin(db, Studio(other, "").sender(), now=NOW)


def test_a_session_that_is_followed_otherwise_takes_no_stream(
    db: Session, world: World, studio: Studio
) -> None:
    sources.choose(db, studio.session, Source.NONE, by=world.actor(world.dung), now=NOW)
    with pytest.raises(Forbidden):
        streaming.begin(db, studio.sender(), now=NOW)


@pytest.mark.parametrize("hours", [-3, 10])
def test_it_is_sent_at_the_time_of_the_session(db: Session, studio: Studio, hours: int) -> None:
    with pytest.raises(Forbidden):
        streaming.begin(db, studio.sender(), now=NOW + timedelta(hours=hours))


def test_a_new_key_voids_the_old_one_also_under_way(
    db: Session, world: World, studio: Studio
) -> None:
    streaming.begin(db, studio.sender(), now=NOW)
    told = sources.make_key(db, studio.session, by=world.actor(world.dung), now=NOW)
    db.flush()
    with pytest.raises(Forbidden):
        streaming.go_on(db, studio.sender(), now=NOW)
    streaming.go_on(db, studio.sender(key=secret_of(told)), now=NOW)


def test_two_do_not_send_at_once_but_one_who_fell_silent_makes_room(
    db: Session, studio: Studio
) -> None:
    streaming.begin(db, studio.sender("1"), now=NOW)
    with pytest.raises(Forbidden):
        streaming.begin(db, studio.sender("2"), now=NOW + timedelta(seconds=20))

    streaming.begin(db, studio.sender("2"), now=NOW + MINUTE)
    db.flush()
    first, second = queries.streams_of(db, studio.session.id)
    assert (first.ended_at, second.ended_at) == (NOW, None)


def test_it_is_on_air_as_long_as_it_is_heard_of(db: Session, studio: Studio) -> None:
    streaming.begin(db, studio.sender(), now=NOW)
    assert on_air(db, studio, 1) is OnAir.BROKEN
    streaming.go_on(db, studio.sender(), now=NOW + MINUTE)
    assert on_air(db, studio, 1) is OnAir.NOW
    assert streaming.end(db, studio.sender(), now=NOW + 2 * MINUTE)
    assert on_air(db, studio, 2) is OnAir.BROKEN
    assert on_air(db, studio, 600) is OnAir.OVER


def test_what_goes_on_after_it_was_taken_for_ended_is_on_air_again(
    db: Session, studio: Studio
) -> None:
    streaming.begin(db, studio.sender(), now=NOW)
    streaming.end(db, studio.sender(), now=NOW)
    streaming.go_on(db, studio.sender(), now=NOW + MINUTE)
    assert on_air(db, studio, 1) is OnAir.NOW
    assert len(queries.streams_of(db, studio.session.id)) == 2


def test_the_end_of_one_who_was_turned_away_ends_nothing(db: Session, studio: Studio) -> None:
    streaming.begin(db, studio.sender("1"), now=NOW)
    assert not streaming.end(db, studio.sender("2"), now=NOW)
    assert on_air(db, studio) is OnAir.NOW


def test_a_recording_is_taken_over_when_the_stream_is_not_awaited_any_more(
    db: Session, studio: Studio
) -> None:
    streaming.begin(db, studio.sender(), now=NOW)
    streaming.end(db, studio.sender(), now=NOW)
    assert streaming.keep_recording(db, studio.sender(), "a.flv", now=NOW)
    assert not streaming.keep_recording(db, studio.sender(), "b.flv", now=NOW)
    assert not streaming.keep_recording(db, studio.sender("9"), "c.flv", now=NOW)
    db.flush()
    job = db.scalars(select(Job).where(Job.kind == KIND)).one()
    assert (job.subject_id, job.due_at) == (studio.session.id, NOW + AWAITED)
    assert db.scalars(select(LiveStream.file)).all() == ["a.flv"]


def test_who_says_that_it_is_over_does_not_wait(db: Session, world: World, studio: Studio) -> None:
    streaming.begin(db, studio.sender(), now=NOW)
    streaming.end(db, studio.sender(), now=NOW)
    streaming.say_over(db, studio.session, by=world.actor(world.dung), now=NOW)
    assert on_air(db, studio) is OnAir.OVER
    assert db.scalars(select(Job.due_at).where(Job.kind == KIND)).all() == [NOW]

    streaming.begin(db, studio.sender("2"), now=NOW + MINUTE)
    assert on_air(db, studio, 1) is OnAir.NOW


def test_a_key_is_for_a_stream_of_a_round_that_is_not_closed(
    db: Session, world: World, studio: Studio
) -> None:
    officer = world.actor(world.dung)
    other = world.session(studio.session.round)
    with pytest.raises(Untimely):
        sources.make_key(db, other, by=officer, now=NOW)
    rounds.close(db, studio.session.round, by=officer, now=NOW)
    with pytest.raises(Untimely):
        sources.make_key(db, studio.session, by=officer, now=NOW)
