"""Drawing a sample of what was decided in a branch, and closing it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.fairness import queries
from studyhub.fairness.drawing import drawn
from studyhub.fairness.models import Sample
from studyhub.fairness.sampling import Wanted, conclude, draw, reopen
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.review import service
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grading
from tests.fairness.decided import decided, reread_of, sample_of
from tests.world import NOW, World


def test_from_all_that_is_decided_in_the_branch_and_from_nothing_else(
    db: Session, world: World
) -> None:
    essays = decided(db, world)
    round_ = essays[0].round
    world.essay(world.binh, round_=round_, state=State.SUBMITTED)
    world.essay(world.giang, round_=round_, state=State.DRAFT)

    sample = sample_of(db, world, round_)
    within = draw(db, round_, world.cell, Wanted(share=100), by=world.actor(world.dung), now=NOW)

    assert sample.codes == sorted(one.versions[0].receipt_code for one in essays)
    assert {one.essay_id for one in within.rereads} == {one.id for one in essays[:2]}
    assert queries.how_many_decided(db, round_, world.cell) == 2


def test_anybody_can_draw_it_once_more(db: Session, world: World) -> None:
    round_ = decided(db, world)[0].round

    sample = sample_of(db, world, round_, seed=654_321, number=2)

    assert [one.code for one in sample.rereads] == drawn(sample.codes, 2, 654_321)
    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.SAMPLE_DRAWN)).one()
    assert (entry.facts["seed"], entry.facts["of"], entry.facts["drawn"]) == (654_321, 3, 2)


def test_the_version_decided_last_is_drawn(db: Session, world: World) -> None:
    essay = decided(db, world)[0]
    first = essay.versions[0]
    again = type(first)(
        number=2, revision=2, parts=first.parts, syllables=12, submitted_at=NOW, is_late=False,
        receipt_code="BTH-ZWEI", content_hash="0" * 64,
    )  # fmt: skip
    essay.versions.append(again)
    essay.state = State.SUBMITTED
    db.flush()
    by = world.actor(world.giang)
    service.decide(db, essay, 2, outcome=Outcome.ACCEPT, grade=None, remark="", by=by, now=NOW)

    row = reread_of(sample_of(db, world, essay.round), essay)

    assert (row.code, row.version_id) == ("BTH-ZWEI", again.id)
    assert row.judge_ids == [world.giang.id]


def test_everybody_who_marked_it_has_judged_it(db: Session, world: World) -> None:
    round_ = world.round(grading=Grading.POINTS, markers=2)
    essay = world.essay(round_=round_, state=State.SUBMITTED)
    for person in (world.binh, world.giang):
        by = world.actor(person)
        service.give_mark(db, essay, 1, points=[800], remark="", by=by, now=NOW)

    row = reread_of(sample_of(db, world, round_), essay)

    assert {*row.judge_ids} == {world.binh.id, world.giang.id}
    assert (row.points, row.outcome) == (800, Outcome.ACCEPT)


@pytest.mark.parametrize(
    ("wanted", "about"),
    [
        (Wanted(), "share"),
        (Wanted(share=10, number=3), "share"),
        (Wanted(share=0), "share"),
        (Wanted(share=101), "share"),
        (Wanted(number=0), "number"),
    ],
)
def test_how_much_must_be_said_and_be_possible(
    db: Session, world: World, wanted: Wanted, about: str
) -> None:
    round_ = decided(db, world)[0].round

    with pytest.raises(Unfit) as refused:
        draw(db, round_, world.district, wanted, by=world.actor(world.dung), now=NOW)

    assert refused.value.about == about


def test_of_nothing_nothing_is_drawn(db: Session, world: World) -> None:
    with pytest.raises(Untimely):
        sample_of(db, world, world.round())


def test_closed_once_and_opened_again(db: Session, world: World) -> None:
    sample = sample_of(db, world, decided(db, world)[0].round)
    by = world.actor(world.dung)

    conclude(db, sample, words=" Chấm thống nhất hơn. ", by=by, now=NOW)
    assert (sample.conclusion, sample.concluded_by) == ("Chấm thống nhất hơn.", world.dung.id)
    with pytest.raises(Untimely):
        conclude(db, sample, words="", by=by, now=NOW)
    reopen(db, sample, by=by, now=NOW)
    reopen(db, sample, by=by, now=NOW)

    assert sample.concluded_at is None
    logged = select(AuditEntry).where(AuditEntry.deed == Deed.SAMPLE_REOPENED)
    assert len(db.scalars(logged).all()) == 1


def test_the_list_says_the_same_as_the_law(db: Session, world: World) -> None:
    round_ = decided(db, world)[0].round
    by = world.actor(world.dung)
    found = [
        draw(db, round_, unit, Wanted(number=1), by=by, now=NOW)
        for unit in (world.district, world.cell)
    ]

    for person in world.everyone:
        actor = world.actor(person)
        told = {one.id for one in found if policy.see_sample(actor, one)}
        listed = queries.samples(db, scope.visible_samples(actor))
        assert {sample.id for sample, _ in listed} == told, person.full_name
    assert policy.draw_sample(by, world.cell)
    assert not policy.draw_sample(world.actor(world.phuc), world.cell)
    assert len(db.scalars(select(Sample)).all()) == 2
