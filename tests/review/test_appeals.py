"""Asking for another reading, to its end."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Tally
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Forbidden, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.reconciliation.service import differences
from studyhub.review import service
from studyhub.review.marks import Appeal, Mark, Turn
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.grading import Grade, Grading
from tests.world import NOW, World

REASON = "Tôi cho rằng phần liên hệ đã nêu đủ số liệu."


def decided(
    db: Session, world: World, *, days: int = 2, grading: Grading = Grading.POINTS
) -> Essay:
    """An essay of An's with 6,5 from the secretary."""
    round_ = world.round(grading=grading, appeal_days=days)
    essay = world.essay(round_=round_, state=State.SUBMITTED, text="Đoạn một.")
    by = world.actor(world.binh)
    if grading is Grading.POINTS:
        service.give_mark(db, essay, 1, points=[650], remark="Được.", by=by, now=NOW)
    else:
        service.decide(
            db, essay, 1, outcome=Outcome.ACCEPT, grade=Grade.FAIR, remark="Được.", by=by, now=NOW
        )
    db.flush()
    return essay


def appeal(db: Session, world: World, essay: Essay, reason: str = REASON, hours: int = 1) -> Appeal:
    by = world.actor(world.an)
    return service.appeal(db, essay, reason=reason, by=by, now=NOW + timedelta(hours=hours))


def test_another_person_reads_it_and_their_number_counts(db: Session, world: World) -> None:
    essay = decided(db, world)

    appeal(db, world, essay)

    assert essay.state is State.SUBMITTED
    assert not policy.mark_essay(world.actor(world.binh), essay)
    assert policy.mark_essay(world.actor(world.giang), essay)
    assert not policy.judge_essay(world.actor(world.dung), essay), "the deputy is there"
    later = NOW + timedelta(hours=2)
    with pytest.raises(Forbidden, match="marked this essay already"):
        service.give_mark(
            db, essay, 1, points=[900], remark="", by=world.actor(world.binh), now=later
        )
    giang = world.actor(world.giang)
    decision = service.give_mark(db, essay, 1, points=[825], remark="Rõ.", by=giang, now=later)

    made = db.scalars(select(Appeal)).one()
    assert decision is not None
    assert (decision.points, decision.grade, decision.remark) == (825, Grade.GOOD, "Rõ.")
    assert (made.former_points, made.former_grade, made.former_by, made.settled_at) == (
        650, Grade.AVERAGE, world.binh.id, later,
    )  # fmt: skip
    assert {one.turn for one in db.scalars(select(Mark))} == {Turn.FIRST, Turn.APPEAL}
    whole = db.scalars(
        select(Tally).where(Tally.path == "1/").execution_options(populate_existing=True)
    ).one()
    assert (whole.accepted, whole.good, whole.average) == (1, 1, 0)
    assert differences(db, essay.round) == []


def test_the_number_may_be_lower_and_it_counts(db: Session, world: World) -> None:
    essay = decided(db, world)
    appeal(db, world, essay)

    decision = service.give_mark(
        db, essay, 1, points=[600], remark="", by=world.actor(world.giang), now=NOW
    )

    assert decision is not None
    assert decision.points == 600


def test_everybody_concerned_is_told(db: Session, world: World) -> None:
    essay = decided(db, world)
    appeal(db, world, essay)
    service.give_mark(db, essay, 1, points=[700], remark="", by=world.actor(world.giang), now=NOW)

    told = {(one.kind, one.user_id) for one in db.scalars(select(Notice))}
    deeds = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_APPEALED)).all()

    assert (Kind.ESSAY_APPEALED.value, world.binh.id) in told
    assert {(Kind.APPEAL_SETTLED.value, one.id) for one in (world.an, world.binh)} <= told
    assert [entry.facts for entry in deeds] == [{"version": 1}], "no word of the reason"


def test_without_another_leader_it_goes_to_the_committee(db: Session, world: World) -> None:
    round_ = world.round(grading=Grading.BANDS, appeal_days=2)
    essay = world.essay(author=world.hoa, round_=round_, state=State.SUBMITTED)
    chi, dung = world.actor(world.chi), world.actor(world.dung)
    service.decide(
        db, essay, 1, outcome=Outcome.ACCEPT, grade=Grade.FAIR, remark="", by=chi, now=NOW
    )

    service.appeal(db, essay, reason=REASON, by=world.actor(world.hoa), now=NOW)

    assert policy.mark_essay(dung, essay)
    with pytest.raises(Forbidden):
        service.decide(
            db, essay, 1, outcome=Outcome.ACCEPT, grade=Grade.GOOD, remark="", by=chi, now=NOW
        )
    service.decide(
        db, essay, 1, outcome=Outcome.ACCEPT, grade=Grade.GOOD, remark="", by=dung, now=NOW
    )
    assert db.get_one(Decision, essay.versions[0].id).grade is Grade.GOOD
    assert db.scalars(select(Appeal.former_grade)).one() is Grade.FAIR
    assert not policy.judge_essay(dung, essay)


def test_the_same_appeal_again_is_one(db: Session, world: World) -> None:
    essay = decided(db, world)

    first, second = appeal(db, world, essay), appeal(db, world, essay)

    assert first is second


def test_it_is_asked_once_in_time_with_a_reason_and_by_the_author(
    db: Session, world: World
) -> None:
    essay = decided(db, world)
    with pytest.raises(Unfit):
        appeal(db, world, essay, reason="  ")
    with pytest.raises(Forbidden):
        service.appeal(db, essay, reason=REASON, by=world.actor(world.lan), now=NOW)
    with pytest.raises(Untimely, match="has passed"):
        appeal(db, world, essay, hours=49)
    appeal(db, world, essay)
    service.give_mark(db, essay, 1, points=[700], remark="", by=world.actor(world.giang), now=NOW)
    with pytest.raises(Untimely, match="their decision stands"):
        appeal(db, world, essay, reason="Lần nữa.")


def test_a_round_without_days_knows_no_appeal(db: Session, world: World) -> None:
    essay = decided(db, world, days=0)

    with pytest.raises(Untimely, match="nobody can ask"):
        appeal(db, world, essay)


def test_the_second_decision_recalled_waits_as_an_appeal_again(db: Session, world: World) -> None:
    essay = decided(db, world)
    appeal(db, world, essay)
    giang = world.actor(world.giang)
    service.give_mark(db, essay, 1, points=[700], remark="", by=giang, now=NOW)

    service.recall(db, essay, 1, by=giang, now=NOW + timedelta(minutes=1))

    assert db.scalars(select(Appeal.settled_at)).one() is None
    assert policy.mark_essay(giang, essay)
    assert not policy.mark_essay(world.actor(world.binh), essay)
    assert differences(db, essay.round) == []
