"""Who has followed enough has made the session up, once, where the round says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress
from studyhub.jobs.work import Tools
from studyhub.recordings.crediting import catch_up, credit_watched
from studyhub.recordings.models import Recording, RecordingState, Watching
from studyhub.rounds.models import Call, Summons
from studyhub.study import making_up
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from studyhub.study.roll_call import Entry, call_roll
from tests.recordings.films import over, recording
from tests.world import NOW, World


def _watched(world: World, film: Recording, percent: int, who: User | None = None) -> None:
    seen = film.duration * percent // 100
    world.db.add(
        Watching(
            recording_id=film.id, user_id=(who or world.an).id, spans=[[0, seen]], seen=seen,
            place=seen, allowance=0, heard_at=NOW,
        )
    )  # fmt: skip
    world.db.flush()


def _credit(world: World, session: StudySession, who: User | None = None) -> bool:
    who = who or world.an
    return credit_watched(world.db, session, who.id, by=world.actor(who), now=NOW)


def _presence(world: World, session: StudySession) -> Presence | None:
    row = world.db.get(Attendance, (session.id, world.an.id))
    return row.presence if row else None


def test_enough_makes_the_session_up_and_moves_the_marks(
    world: World, session: StudySession
) -> None:
    film = recording(world, session)
    _watched(world, film, 80)

    assert _credit(world, session)

    row = world.db.get_one(Attendance, (session.id, world.an.id))
    assert (row.presence, row.basis) == (Presence.MADE_UP, Basis.RECORDING)
    mine = select(Progress).join(Progress.summons).where(Summons.user_id == world.an.id)
    assert world.db.scalars(mine).one().attended
    entry = world.db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.MADE_UP)).one()
    assert entry.facts["basis"] == "recording"
    assert not _credit(world, session)


@pytest.mark.parametrize("percent", [0, 50, 79])
def test_less_is_not_enough(world: World, session: StudySession, percent: int) -> None:
    _watched(world, recording(world, session), percent)

    assert not _credit(world, session)
    assert _presence(world, session) is None


def test_where_the_round_does_not_ask_for_it_nothing_counts(world: World) -> None:
    session = over(world, counts=False)
    _watched(world, recording(world, session), 100)

    assert not _credit(world, session)


def test_before_the_session_is_over_nothing_is_made_up(world: World, session: StudySession) -> None:
    session.ends_at = NOW + timedelta(hours=1)
    _watched(world, recording(world, session), 100)

    assert not _credit(world, session)


def test_only_those_on_the_list_make_up(world: World, session: StudySession) -> None:
    film = recording(world, session)
    _watched(world, film, 100, world.dung)
    _watched(world, film, 100)
    mine = select(Summons).where(Summons.user_id == world.an.id)
    summons = world.db.scalars(mine).one()
    summons.call, summons.reason = Call.RELEASED, "Chuyển công tác"

    assert not _credit(world, session, world.dung)
    assert not _credit(world, session)


def test_every_topic_must_be_followed_or_the_whole(world: World) -> None:
    session = over(world, topics=("Một", "Hai"))
    _watched(world, recording(world, session, topic=0), 100)
    second = recording(world, session, topic=1)

    assert not _credit(world, session)
    _watched(world, second, 80)
    assert _credit(world, session)


def test_while_a_topic_is_still_being_made_the_others_are_not_all(world: World) -> None:
    session = over(world, topics=("Một", "Hai"))
    _watched(world, recording(world, session, topic=0), 100)
    second = recording(world, session, topic=1, state=RecordingState.IN_WORK)

    assert not _credit(world, session)
    second.state = RecordingState.FAILED
    assert _credit(world, session)


def test_who_was_there_stays_as_recorded(world: World, session: StudySession) -> None:
    _watched(world, recording(world, session), 100)
    roll = {world.an.id: Entry(presence=Presence.ON_SITE)}
    binh = world.actor(world.binh)
    call_roll(world.db, session, world.cell, roll, by=binh, now=NOW)

    assert not _credit(world, session)
    assert _presence(world, session) is Presence.ON_SITE


def test_what_the_leaders_decide_after_it_stands(world: World, session: StudySession) -> None:
    _watched(world, recording(world, session), 100)
    _credit(world, session)
    binh = world.actor(world.binh)
    making_up.take_back(world.db, session, world.an.id, by=binh, now=NOW)

    assert not _credit(world, session)
    assert _presence(world, session) is not Presence.MADE_UP


def test_who_had_watched_before_it_counted_is_credited_by_the_hour(
    kept: World, tools: Tools
) -> None:
    session = over(kept, counts=False)
    film = recording(kept, session)
    _watched(kept, film, 90)
    _watched(kept, film, 20, kept.lan)
    kept.db.commit()
    catch_up(tools)
    with Session(tools.engine) as db:
        assert db.get(Attendance, (session.id, kept.an.id)) is None

    session.round.watching_counts = True
    kept.db.commit()
    for _ in range(2):
        catch_up(tools)

    with Session(tools.engine) as db:
        assert [row.user_id for row in db.scalars(select(Attendance))] == [kept.an.id]
