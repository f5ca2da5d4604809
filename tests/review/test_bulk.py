"""Several accepted at once: only what was read, each by itself, what is left out is told."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Unfit
from studyhub.review import bulk, reserving, service
from studyhub.review.bulk import Choice, Done, Why
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.grading import Grade, Grading
from tests.world import NOW, World


def essays(world: World, *authors: User, **settings: object) -> list[Essay]:
    """Waiting essays of these, in one round."""
    round_ = world.round(**settings)  # type: ignore[arg-type]
    return [world.essay(author, round_=round_, state=State.SUBMITTED) for author in authors]


def read(db: Session, world: World, *which: Essay, by: str = "binh") -> None:
    for essay in which:
        service.begin_reading(db, essay.id, by=world.actor(getattr(world, by)), now=NOW)


def choices(db: Session, world: World, which: list[Essay], by: str = "binh") -> list[Choice]:
    actor = world.actor(getattr(world, by))
    ids = [essay.id for essay in which]
    return bulk.choices(db, ids, scope.judgeable_essays(actor), by=actor, now=NOW)


def accept(
    db: Session, world: World, shown: dict[UUID, int], *, grade: Grade | None = None
) -> Done:
    actor = world.actor(world.binh)
    visible = scope.judgeable_essays(actor)
    return bulk.accept(db, shown, visible, grade=grade, by=actor, now=NOW)


def shown(*which: Essay) -> dict[UUID, int]:
    return {essay.id: 1 for essay in which}


def test_each_is_accepted_by_its_own_decision(db: Session, world: World) -> None:
    both = essays(world, world.an, world.lan)
    read(db, world, *both)

    done = accept(db, world, shown(*both))

    assert {essay.id for essay in done.accepted} == {essay.id for essay in both}
    assert not done.left
    assert [essay.state for essay in both] == [State.ACCEPTED] * 2
    decisions = db.scalars(select(Decision)).all()
    assert {one.outcome for one in decisions} == {Outcome.ACCEPT}
    assert len(decisions) == 2
    logged = select(func.count()).where(AuditEntry.deed == Deed.ESSAY_ACCEPTED)
    assert db.scalar(logged) == 2
    service.recall(db, both[0], 1, by=world.actor(world.binh), now=NOW)
    assert [essay.state for essay in both] == [State.SUBMITTED, State.ACCEPTED]


def test_what_was_not_opened_by_this_person_is_left_out(db: Session, world: World) -> None:
    unread, read_by_another = essays(world, world.an, world.lan)
    read(db, world, read_by_another, by="giang")

    done = accept(db, world, shown(unread, read_by_another))

    assert not done.accepted
    assert [one.why for one in done.left] == [Why.UNREAD] * 2
    assert unread.state is State.SUBMITTED


def test_opening_an_earlier_version_is_not_opening_this_one(db: Session, world: World) -> None:
    [essay] = essays(world, world.an)
    record(db, Deed.ESSAY_READ, essay.id, by=world.actor(world.binh), now=NOW, version=7)

    assert [one.why for one in choices(db, world, [essay])] == [Why.UNREAD]


def test_a_download_is_no_opening(db: Session, world: World) -> None:
    [essay] = essays(world, world.an)
    facts = {"version": 1, bulk.ARCHIVED: 1}
    record(db, Deed.ESSAY_READ, essay.id, by=world.actor(world.binh), now=NOW, **facts)

    assert [one.why for one in choices(db, world, [essay])] == [Why.UNREAD]


def test_ones_own_and_those_of_other_cells_are_not_even_listed(db: Session, world: World) -> None:
    found = essays(world, world.binh, world.hoa, world.an)

    assert [one.essay.author_id for one in choices(db, world, found)] == [world.an.id]


def test_why_others_are_left_out(db: Session, world: World) -> None:
    [points] = essays(world, world.an, grading=Grading.POINTS)
    held, accepted = essays(world, world.an, world.lan)
    read(db, world, points, held, accepted)
    reserving.reserve(db, held.id, by=world.actor(world.giang), now=NOW)
    accepted.state = State.ACCEPTED

    found = {one.essay.id: one.why for one in choices(db, world, [points, held, accepted])}

    assert found == {points.id: Why.POINTS, held.id: Why.HELD, accepted.id: Why.NOT_WAITING}


def test_one_band_is_asked_for_and_given_to_all(db: Session, world: World) -> None:
    both = essays(world, world.an, world.lan, grading=Grading.BANDS)
    read(db, world, *both)

    with pytest.raises(Unfit, match="grade"):
        accept(db, world, shown(*both))
    accept(db, world, shown(*both), grade=Grade.GOOD)

    assert {one.grade for one in db.scalars(select(Decision))} == {Grade.GOOD}


def test_a_band_is_not_given_where_the_round_knows_none(db: Session, world: World) -> None:
    [essay] = essays(world, world.an)
    read(db, world, essay)

    accept(db, world, shown(essay), grade=Grade.GOOD)

    assert db.scalars(select(Decision)).one().grade is None


def test_sent_twice_it_is_done_once(db: Session, world: World) -> None:
    both = essays(world, world.an, world.lan)
    read(db, world, *both)
    accept(db, world, shown(*both))

    again = accept(db, world, shown(*both))

    assert len(again.accepted) == 2
    assert db.scalar(select(func.count()).select_from(Decision)) == 2


def test_another_version_than_was_shown_is_left_out(db: Session, world: World) -> None:
    [essay] = essays(world, world.an)
    read(db, world, essay)

    done = accept(db, world, {essay.id: 2})

    assert not done.accepted
    assert essay.state is State.SUBMITTED


def test_whoever_was_faster_stays_first(db: Session, world: World) -> None:
    both = essays(world, world.an, world.lan)
    read(db, world, *both)
    service.decide(
        db, both[0], 1, outcome=Outcome.ACCEPT, grade=None, remark="Tốt.",
        by=world.actor(world.giang), now=NOW - timedelta(minutes=1),
    )  # fmt: skip

    done = accept(db, world, shown(*both))

    assert [essay.id for essay in done.accepted] == [both[1].id]
    assert [one.essay.id for one in done.left] == [both[0].id]
    kept = db.scalars(select(Decision).where(Decision.version_id == both[0].versions[0].id)).one()
    assert kept.decided_by == world.giang.id
