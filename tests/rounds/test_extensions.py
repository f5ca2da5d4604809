"""More time for one person or one cell, and taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.essays import service, window
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.org.models import Standing
from studyhub.rounds import extensions
from studyhub.rounds.models import Call, LatePolicy, StudyRound, Summons
from studyhub.rounds.service import close, extend
from studyhub.study import calling
from tests.world import NOW, World

DEADLINE = NOW + timedelta(days=4)
LATER, LATEST = DEADLINE + timedelta(days=2), DEADLINE + timedelta(days=5)


def listed(db: Session, round_: StudyRound, person: User) -> Summons:
    return db.scalars(
        select(Summons).where(Summons.round_id == round_.id, Summons.user_id == person.id)
    ).one()


@pytest.fixture
def round_(world: World) -> StudyRound:
    """It refuses late essays."""
    return world.round(late_policy=LatePolicy.REFUSE)


def test_one_person_hands_in_later_and_is_not_late(
    db: Session, world: World, round_: StudyRound
) -> None:
    mine, theirs = world.essay(round_=round_), world.essay(world.lan, round_=round_)
    dung = world.actor(world.dung)
    extensions.extend_person(
        db, listed(db, round_, world.an), LATER, reason="Đi công tác", by=dung, now=NOW
    )
    then = DEADLINE + timedelta(days=1)

    version = service.submit(
        db, mine, revision=1, own_work=True, by=world.actor(world.an), now=then
    )

    assert (version.is_late, version.due_at) == (False, LATER)
    assert not window.can_hand_in(theirs, then)
    assert not window.can_hand_in(mine, LATER + timedelta(seconds=1))


def test_a_cell_has_it_and_whoever_comes_to_it(
    db: Session, world: World, round_: StudyRound
) -> None:
    dung = world.actor(world.dung)
    extensions.extend_cell(db, round_, world.cell, LATER, reason="Bão", by=dung, now=NOW)
    nga = world.person("Nguyễn Thị Nga", world.cell, standing=Standing.PROBATIONARY)
    db.flush()

    new = calling.summon_late(db, round_, nga, reason="Mới kết nạp", by=dung, now=NOW)

    for person in (world.an, world.binh):
        assert listed(db, round_, person).deadline == LATER
    assert new.deadline == LATER
    assert listed(db, round_, world.hoa).deadline == DEADLINE


def test_the_latest_counts_and_taking_one_back_leaves_the_other(
    db: Session, world: World, round_: StudyRound
) -> None:
    dung, an = world.actor(world.dung), listed(db, round_, world.an)
    whole = extensions.extend_cell(db, round_, world.cell, LATER, reason="Bão", by=dung, now=NOW)
    own = extensions.extend_person(db, an, LATEST, reason="Ốm", by=dung, now=NOW)
    assert an.deadline == LATEST

    extensions.take_back(db, own, reason="Nhầm", by=dung, now=NOW)
    assert an.deadline == LATER
    extensions.take_back(db, whole, reason="Nhầm", by=dung, now=NOW)

    assert (an.closes_at, an.deadline) == (None, DEADLINE)
    assert extensions.standing(db, round_) == []
    with pytest.raises(Untimely, match="already"):
        extensions.take_back(db, own, reason="Nhầm", by=dung, now=NOW)


def test_what_was_handed_in_meanwhile_stays_in_time(
    db: Session, world: World, round_: StudyRound
) -> None:
    dung, essay = world.actor(world.dung), world.essay(round_=round_)
    own = extensions.extend_person(
        db, listed(db, round_, world.an), LATER, reason="Ốm", by=dung, now=NOW
    )
    then = DEADLINE + timedelta(hours=1)
    version = service.submit(
        db, essay, revision=1, own_work=True, by=world.actor(world.an), now=then
    )

    extensions.take_back(db, own, reason="Nhầm", by=dung, now=then)

    assert not version.is_late


def test_a_later_deadline_of_the_round_overtakes_it(
    db: Session, world: World, round_: StudyRound
) -> None:
    dung, an = world.actor(world.dung), listed(db, round_, world.an)
    extensions.extend_person(db, an, LATER, reason="Ốm", by=dung, now=NOW)

    extend(db, round_, LATEST, reason="Lùi chung", by=dung, now=NOW)

    assert an.deadline == LATEST


def test_late_essays_are_taken_as_long_as_for_others(db: Session, world: World) -> None:
    round_ = world.round(late_policy=LatePolicy.MARK, late_until=LATEST)
    essay = world.essay(round_=round_)
    dung = world.actor(world.dung)
    extensions.extend_person(db, listed(db, round_, world.an), LATER, reason="Ốm", by=dung, now=NOW)
    then = LATER + timedelta(hours=1)

    assert window.can_hand_in(essay, then)
    assert window.would_be_late(essay, then)


def test_it_is_refused_without_reason_earlier_or_of_a_closed_round(
    db: Session, world: World, round_: StudyRound
) -> None:
    dung, an = world.actor(world.dung), listed(db, round_, world.an)

    with pytest.raises(Unfit, match="reason"):
        extensions.extend_person(db, an, LATER, reason=" ", by=dung, now=NOW)
    with pytest.raises(Unfit, match="later"):
        extensions.extend_person(db, an, DEADLINE, reason="Ốm", by=dung, now=NOW)
    with pytest.raises(Missing):
        extensions.extend_cell(db, round_, world.district, LATER, reason="Ốm", by=dung, now=NOW)
    close(db, round_, by=dung, now=NOW)
    with pytest.raises(Untimely):
        extensions.extend_person(db, an, LATER, reason="Ốm", by=dung, now=NOW)


def test_nobody_off_the_list_gets_more_time(db: Session, world: World, round_: StudyRound) -> None:
    an = listed(db, round_, world.an)
    an.call, an.reason = Call.RELEASED, "Chuyển đi"

    with pytest.raises(Untimely, match="not on the list"):
        extensions.extend_person(db, an, LATER, reason="Ốm", by=world.actor(world.dung), now=NOW)


def test_each_act_is_on_record_without_names(db: Session, world: World, round_: StudyRound) -> None:
    dung = world.actor(world.dung)
    made = extensions.extend_cell(db, round_, world.cell, LATER, reason="Bão", by=dung, now=NOW)
    extensions.take_back(db, made, reason="Nhầm", by=dung, now=NOW)
    db.flush()

    entries = db.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == round_.id).order_by(AuditEntry.id)
    ).all()

    assert [entry.deed for entry in entries] == [
        "round.extension_granted",
        "round.extension_taken_back",
    ]
    assert entries[0].facts["cell"] == str(world.cell.id)
    assert {entry.actor_id for entry in entries} == {world.dung.id}
