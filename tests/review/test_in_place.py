"""Whether somebody judges in place of a secretary: of which essays, and only as an officer."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import new_uuid
from studyhub.org.succession import Act, Reorganization, Stage, Succession
from studyhub.review import substituting
from studyhub.review.in_place import judges_in_place
from studyhub.review.models import Decision, Outcome
from studyhub.review.service import decide
from tests.world import NOW, TODAY, World


def stand_in(db: Session, world: World) -> None:
    substituting.substitute(
        db, world.cell, since=TODAY, until=TODAY + timedelta(days=7), reason="Đi công tác.",
        by=world.actor(world.dung), now=NOW,
    )  # fmt: skip


def test_essays_of_a_cell_that_became_part_of_it_are_judged_with_it(
    db: Session, world: World
) -> None:
    essay = world.essay(world.hoa, state=State.SUBMITTED)
    act = Reorganization(
        id=new_uuid(), act=Act.MERGE, stage=Stage.DONE, day=TODAY, basis="Số 1", planned_at=NOW,
        plan={},
    )  # fmt: skip
    db.add(act)
    db.flush()
    db.add(
        Succession(
            predecessor_id=world.other_cell.id, successor_id=world.cell.id,
            reorganization_id=act.id,
        )
    )  # fmt: skip
    stand_in(db, world)
    dung = world.actor(world.dung)

    assert policy.judge_essay(dung, essay)
    assert set(db.scalars(select(Essay.id).where(scope.judgeable_essays(dung)))) == {essay.id}
    decide(db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="", by=dung, now=NOW)
    assert db.scalars(select(Decision)).one().substitution_id is not None


def test_who_is_no_officer_there_any_more_judges_nothing(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    stand_in(db, world)
    dung = world.actor(world.dung)
    assert judges_in_place(dung, essay)

    without = replace(dung, territories={})

    assert not judges_in_place(without, essay)
    assert not policy.judge_essay(without, essay)


def test_who_leads_the_cell_judges_in_their_own_right(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    stand_in(db, world)
    dung = world.actor(world.dung)

    leading = replace(dung, territories={**dung.territories, Post.SECRETARY: (world.cell.path,)})

    assert not judges_in_place(leading, essay)
    assert policy.judge_essay(leading, essay)


def test_nobody_judges_their_own_even_so(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    stand_in(db, world)
    essay.author_id = world.dung.id

    assert not policy.judge_essay(world.actor(world.dung), essay)
