"""Who was in the meeting of a session, and what is made of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.errors import Untimely
from studyhub.live import meetings, sources
from studyhub.live.models import Sighting, Source
from studyhub.study.models import Attendance, Presence, StudySession
from tests.world import NOW, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(db: Session, world: World) -> StudySession:
    """One with an open meeting; Hoa is not on the list of its round."""
    round_ = world.round(summoned=[world.an, world.lan, world.chi])
    session = world.session(round_)
    officer = world.actor(world.dung)
    sources.choose(db, session, Source.BIGBLUEBUTTON, by=officer, now=NOW)
    meetings.open_(db, session, by=officer, now=NOW)
    return session


def look(db: Session, session: StudySession, minutes: float, *people: User) -> None:
    ids = [str(one.id) for one in people]
    meetings.see(db, session.id, ids, now=NOW + minutes * MINUTE)
    db.flush()


def test_the_time_between_looks_counts_and_a_gap_does_not(
    db: Session, world: World, session: StudySession
) -> None:
    for minutes in (0, 1, 2, 30, 31):
        look(db, session, minutes, world.an)
    row = db.scalars(select(Sighting)).one()
    assert row.seconds == 180
    assert (row.first_at, row.last_at) == (NOW, NOW + 31 * MINUTE)


def test_only_people_of_the_list_are_noted(
    db: Session, world: World, session: StudySession
) -> None:
    meetings.see(db, session.id, [str(world.hoa.id), str(uuid4()), "guest 7", ""], now=NOW)
    assert db.scalars(select(Sighting)).all() == []


def test_those_who_were_there_long_enough_are_recorded_as_online(
    db: Session, world: World, session: StudySession
) -> None:
    look(db, session, 0, world.an, world.lan)
    look(db, session, 2, world.an)
    officer = world.actor(world.dung)
    taken = meetings.take_attendance(db, session, minutes=2, by=officer, now=NOW)
    db.flush()
    rows = db.execute(select(Attendance.user_id, Attendance.presence)).all()
    assert (taken, rows) == (1, [(world.an.id, Presence.ONLINE)])
    assert meetings.take_attendance(db, session, minutes=2, by=officer, now=NOW) == 0


def test_what_is_recorded_stands(db: Session, world: World, session: StudySession) -> None:
    recorded = Attendance(
        session_id=session.id, user_id=world.an.id, presence=Presence.ABSENT, reason="",
        recorded_at=NOW, recorded_by=world.binh.id,
    )  # fmt: skip
    db.add(recorded)
    look(db, session, 0, world.an)
    assert (
        meetings.take_attendance(db, session, minutes=0, by=world.actor(world.dung), now=NOW) == 0
    )
    assert recorded.presence is Presence.ABSENT


def test_a_session_without_a_meeting_has_none_to_open(db: Session, world: World) -> None:
    plain = world.session(world.round())
    with pytest.raises(Untimely):
        meetings.open_(db, plain, by=world.actor(world.dung), now=NOW)
