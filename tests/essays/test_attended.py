"""Handing in where the round asks that most sessions have been attended."""

import pytest
from sqlalchemy.orm import Session

from studyhub.essays import service
from studyhub.essays.attended import needed
from studyhub.essays.models import Essay, Version
from studyhub.kernel.errors import Untimely
from studyhub.study.models import Attendance, Presence
from tests.world import NOW, World


@pytest.mark.parametrize(
    ("sessions", "least", "count"), [(5, 80, 4), (4, 80, 4), (3, 80, 3), (1, 80, 1), (0, 80, 0)]
)
def test_how_many_are_needed(sessions: int, least: int, count: int) -> None:
    assert needed(sessions, least) == count


def hand_in(db: Session, world: World, essay: Essay) -> Version:
    by, revision = world.actor(world.an), essay.draft_revision
    return service.submit(db, essay, revision=revision, own_work=True, by=by, now=NOW)


def attend(world: World, essay: Essay, presence: Presence) -> None:
    session = world.session(essay.round)
    world.db.add(
        Attendance(
            session_id=session.id, user_id=world.an.id, presence=presence, recorded_at=NOW,
            recorded_by=world.binh.id, reason="công tác",
        )
    )  # fmt: skip
    world.db.flush()


def test_what_is_missing_is_said_and_made_up_it_is_taken(db: Session, world: World) -> None:
    essay = world.essay(round_=world.round(attendance_least=80))
    attend(world, essay, Presence.ON_SITE)
    attend(world, essay, Presence.EXCUSED)

    with pytest.raises(Untimely) as refusal:
        hand_in(db, world, essay)

    assert refusal.value.values == {"attended": 1, "total": 2, "needed": 2}
    essay.round.attendance_least = 50
    assert hand_in(db, world, essay).number == 1


def test_nothing_is_asked_where_the_round_sets_no_share(db: Session, world: World) -> None:
    essay = world.essay()
    attend(world, essay, Presence.ABSENT)

    assert hand_in(db, world, essay).number == 1
