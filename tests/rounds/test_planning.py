"""Planning a round: a draft becomes what the officer wants, and nothing else can be changed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import DocumentId, new_uuid
from studyhub.rounds import planning
from studyhub.rounds.models import DocumentRole, LatePolicy, Requirement, StudyRound
from studyhub.rounds.planning import Plan, PlannedQuestion
from tests.world import NOW, TODAY, World

DEADLINE = NOW + timedelta(days=10)


def _plan(**changes: Any) -> Plan:
    facts: dict[str, Any] = {
        "title": "Nghị quyết số 57-NQ/TW",
        "closes_at": DEADLINE,
        "roster_on": TODAY,
        "year": 2026,
    }
    return Plan(**{**facts, **changes})


def _planned(db: Session, world: World, **changes: Any) -> StudyRound:
    return planning.plan(db, world.district, _plan(**changes), by=world.actor(world.dung), now=NOW)


def test_everything_planned_is_kept_in_order(db: Session, world: World) -> None:
    first, second = world.document("a"), world.document("b")
    questions = [
        PlannedQuestion(title="Nhận thức", goal_syllables=200),
        PlannedQuestion(title="Liên hệ"),
    ]

    round_ = _planned(
        db,
        world,
        documents=[second.id, first.id],
        questions=questions,
        audience=[world.cell.id],
        requirements=frozenset({Requirement.READ}),
    )
    db.expire_all()

    assert [entry.document_id for entry in round_.documents] == [second.id, first.id]
    assert [(q.title, q.goal_syllables) for q in round_.questions] == [
        ("Nhận thức", 200),
        ("Liên hệ", 0),
    ]
    assert [entry.unit_id for entry in round_.audience] == [world.cell.id]
    assert round_.requirements == {Requirement.READ}


def test_a_draft_can_be_changed_again_and_again(db: Session, world: World) -> None:
    document = world.document()
    round_ = _planned(
        db, world, documents=[document.id], questions=[PlannedQuestion(title=t) for t in "abc"]
    )
    dung = world.actor(world.dung)

    planning.change(db, round_, _plan(questions=[PlannedQuestion(title="c")]), by=dung, now=NOW)
    wanted = _plan(documents=[document.id], questions=[PlannedQuestion(title=t) for t in "xyz"])
    planning.change(db, round_, wanted, by=dung, now=NOW)
    db.expire_all()

    assert [question.title for question in round_.questions] == ["x", "y", "z"]
    assert len(round_.documents) == 1


def test_an_open_round_keeps_its_plan(db: Session, world: World) -> None:
    round_ = world.round()

    with pytest.raises(Untimely):
        planning.change(db, round_, _plan(), by=world.actor(world.dung), now=NOW)


def test_the_longest_length_is_not_below_the_shortest(db: Session, world: World) -> None:
    with pytest.raises(Unfit, match="longest"):
        _planned(db, world, min_syllables=500, max_syllables=300)


def test_late_essays_are_not_taken_until_before_the_deadline(db: Session, world: World) -> None:
    with pytest.raises(Unfit, match="Late"):
        _planned(db, world, late_policy=LatePolicy.MARK, late_until=DEADLINE - timedelta(minutes=1))


def test_a_date_for_late_essays_goes_with_the_policy(db: Session, world: World) -> None:
    late = DEADLINE + timedelta(days=2)

    round_ = _planned(db, world, late_policy=LatePolicy.REFUSE, late_until=late)

    assert round_.late_until is None


def test_a_cell_cannot_summon_its_neighbours(db: Session, world: World) -> None:
    with pytest.raises(Unfit, match="Only units"):
        planning.plan(
            db,
            world.cell,
            _plan(audience=[world.other_cell.id]),
            by=world.actor(world.dung),
            now=NOW,
        )


def test_a_document_that_is_not_in_the_library_is_left_out(db: Session, world: World) -> None:
    round_ = _planned(db, world, documents=[DocumentId(new_uuid())])

    assert round_.documents == []


def test_planning_is_remembered(db: Session, world: World) -> None:
    round_ = _planned(db, world)
    db.flush()

    entry = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == round_.id)).one()
    assert (entry.deed, entry.actor_id) == ("round.planned", world.dung.id)


def test_a_document_can_be_what_everybody_got(db: Session, world: World) -> None:
    study, sample, other = world.document("a"), world.document("b"), world.document("c")

    round_ = _planned(db, world, documents=[study.id, sample.id], samples=[sample.id, other.id])
    db.expire_all()

    assert [(entry.document_id, entry.role) for entry in round_.documents] == [
        (study.id, DocumentRole.STUDY),
        (sample.id, DocumentRole.SAMPLE),
    ]
    wanted = _plan(documents=[study.id, sample.id])
    planning.change(db, round_, wanted, by=world.actor(world.dung), now=NOW)
    assert {entry.role for entry in round_.documents} == {DocumentRole.STUDY}
