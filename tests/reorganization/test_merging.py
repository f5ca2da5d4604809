"""Cells are merged: members, posts, rounds and essays after it, and all as before on undo."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.essays.lifecycle import State
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import StudyHubError, Unfit
from studyhub.org import queries, successions
from studyhub.org import service as org
from studyhub.org.models import Appointment, Transfer, Unit
from studyhub.org.succession import Act, Reorganization, Role, Stage
from studyhub.reconciliation.service import differences
from studyhub.reorganization import service
from studyhub.rounds.models import Summons
from tests.org.people import membership_of
from tests.reorganization.office import BASIS, DAY, decide, names_in
from tests.world import NOW, TODAY, World

LAST = DAY - timedelta(days=1)


def test_members_go_together_and_their_old_cell_ends_the_day_before(
    db: Session, world: World
) -> None:
    act = decide(world, Act.MERGE, world.other_cell, to=world.cell)

    assert names_in(db, world.cell) == ["An", "Bình", "Chi", "Giang", "Hoa", "Lan"]
    assert names_in(db, world.other_cell) == []
    assert world.other_cell.until == LAST
    assert world.cell.until is None
    moved = db.scalars(select(Transfer).where(Transfer.reorganization_id == act.id)).all()
    assert {one.origin_id for one in moved} == {world.other_cell.id}
    assert {one.day for one in moved} == {DAY}


def test_the_act_remembers_how_many_were_before_and_after(db: Session, world: World) -> None:
    act = decide(world, Act.MERGE, world.other_cell, to=world.cell)
    db.refresh(act)

    told = [(one.role, one.name, one.members) for one in act.units]
    assert told == [
        (Role.BEFORE, "Chi bộ Thanh tra", 2),
        (Role.AFTER, "Chi bộ Văn phòng", 6),
    ]


def test_posts_of_the_cell_that_ends_end_with_it(db: Session, world: World) -> None:
    decide(world, Act.MERGE, world.other_cell, to=world.cell)

    post = db.scalars(select(Appointment).where(Appointment.user_id == world.chi.id)).one()
    assert (post.until, post.until_basis) == (LAST, BASIS)
    secretary = queries.posts_on(db, world.cell, TODAY)[0]
    assert secretary.user is world.binh


def test_a_new_secretary_can_be_named_with_the_act(db: Session, world: World) -> None:
    decide(world, Act.MERGE, world.other_cell, to=world.cell, secretary=world.chi.id)

    posts = queries.posts_on(db, world.cell, TODAY)
    assert [(one.post, one.user) for one in posts] == [
        (Post.SECRETARY, world.chi), (Post.DEPUTY, world.giang),
    ]  # fmt: skip


def test_the_successor_is_known(db: Session, world: World) -> None:
    decide(world, Act.MERGE, world.other_cell, to=world.cell)

    assert successions.successors_of(db, world.other_cell) == [world.cell]
    assert successions.predecessors_of(db, world.cell) == [world.other_cell]


def test_an_open_round_goes_over_and_every_figure_agrees(db: Session, world: World) -> None:
    round_ = world.round()
    essay = world.essay(world.hoa, round_=round_, state=State.SUBMITTED)
    before = _tally(db, round_.id, world.cell).required

    decide(world, Act.MERGE, world.other_cell, to=world.cell)

    db.refresh(essay)
    assert essay.cell_id == world.cell.id
    assert (before, _tally(db, round_.id, world.cell).required) == (4, 6)
    assert _tally(db, round_.id, world.cell).waiting == 1
    assert _tally(db, round_.id, world.district).required == 6
    assert differences(db, round_) == []


def test_an_open_round_can_finish_as_it_was_summoned(db: Session, world: World) -> None:
    round_ = world.round()
    essay = world.essay(world.hoa, round_=round_, state=State.SUBMITTED)

    decide(world, Act.MERGE, world.other_cell, to=world.cell, rounds={str(round_.id): "finish"})

    db.refresh(essay)
    assert essay.cell_id == world.other_cell.id
    assert _tally(db, round_.id, world.other_cell).waiting == 1
    assert differences(db, round_) == []


def test_whoever_summoned_left_the_cell_before_counts_where_the_cell_went(
    db: Session, world: World
) -> None:
    third = world._unit("1/3/", world.cell.kind, "Chi bộ Ba", world.district)
    round_ = world.round()
    long_before = DAY - timedelta(days=30)
    org.transfer(db, membership_of(db, world.hoa), third, on=long_before, by=None, now=NOW)

    decide(world, Act.MERGE, world.other_cell, to=world.cell)

    summons = db.scalars(select(Summons).where(Summons.user_id == world.hoa.id)).one()
    assert summons.cell_id == world.cell.id, "the result of the old cell goes with the old cell"
    assert names_in(db, third) == ["Hoa"]
    assert differences(db, round_) == []


def test_drafts_of_rounds_summon_the_successor(db: Session, world: World) -> None:
    draft = world.round(is_open=False)
    draft.audience[0].unit = world.other_cell
    db.flush()

    act = decide(world, Act.MERGE, world.other_cell, to=world.cell)

    assert [entry.unit for entry in draft.audience] == [world.cell]

    _undo(world, act)

    db.refresh(draft, ["audience"])
    assert [entry.unit for entry in draft.audience] == [world.other_cell]


def test_a_plan_for_a_later_day_changes_nothing_until_then(db: Session, world: World) -> None:
    day = TODAY + timedelta(days=7)
    act = decide(world, Act.MERGE, world.other_cell, to=world.cell, day=day)

    assert act.stage is Stage.PLANNED
    assert names_in(db, world.other_cell) == ["Chi", "Hoa"]

    service.carry_out_due(db, today=day - timedelta(days=1), now=NOW)
    assert names_in(db, world.other_cell) == ["Chi", "Hoa"]

    service.carry_out_due(db, today=day, now=NOW + timedelta(days=7))
    assert _stage(db, act) is Stage.DONE
    assert names_in(db, world.other_cell) == []


def test_a_plan_that_meets_an_obstacle_says_so_and_changes_nothing(
    db: Session, world: World
) -> None:
    day = TODAY + timedelta(days=7)
    act = decide(world, Act.MERGE, world.other_cell, to=world.cell, day=day)
    org.leave(
        db, membership_of(db, world.hoa), reason="other", until=day + timedelta(days=3),  # type: ignore[arg-type]
        closes_at=NOW + timedelta(days=20), by=None, now=NOW,
    )  # fmt: skip

    service.carry_out_due(db, today=day, now=NOW)

    assert act.stage is Stage.STUCK
    assert "Vũ Thị Hoa" in act.obstacle
    assert "Chi" in names_in(db, world.other_cell)


def test_a_plan_can_be_cancelled(db: Session, world: World) -> None:
    day = TODAY + timedelta(days=7)
    act = decide(world, Act.MERGE, world.other_cell, to=world.cell, day=day)

    service.cancel(db, act, by=world.actor(world.dung), now=NOW)
    service.carry_out_due(db, today=day, now=NOW)

    assert act.stage is Stage.CANCELLED
    assert names_in(db, world.other_cell) == ["Chi", "Hoa"]


def test_a_day_in_the_past_is_taken_if_nothing_has_happened_since(
    db: Session, world: World
) -> None:
    past = date(2026, 6, 1)

    decide(world, Act.MERGE, world.other_cell, to=world.cell, day=past)

    membership = membership_of(db, world.hoa)
    assert (membership.cell, membership.since) == (world.cell, past)


@pytest.mark.parametrize("past", [date(2019, 1, 1), date(2020, 1, 1)])
def test_a_day_before_the_cell_was_founded_is_refused(
    db: Session, world: World, past: date
) -> None:
    with pytest.raises(StudyHubError, match="01/01/2020"):
        decide(world, Act.MERGE, world.other_cell, to=world.cell, day=past)


def test_without_a_decision_nothing_is_done(db: Session, world: World) -> None:
    with pytest.raises(Unfit, match="decision"):
        decide(world, Act.MERGE, world.other_cell, to=world.cell, basis=" ")


def test_a_unit_is_not_merged_into_itself_nor_the_root_into_a_cell(
    db: Session, world: World
) -> None:
    with pytest.raises(Unfit):
        decide(world, Act.MERGE, world.cell, to=world.cell)
    with pytest.raises(Unfit):
        decide(world, Act.MERGE, world.district, to=world.cell)


def _undo(world: World, act: object) -> None:
    service.undo(
        world.db, act, basis="Ghi nhầm chi bộ", by=world.actor(world.dung), now=NOW  # type: ignore[arg-type]
    )  # fmt: skip


def _stage(db: Session, act: Reorganization) -> Stage:
    db.refresh(act)
    return act.stage


def _tally(db: Session, round_id: object, unit: Unit) -> Tally:
    return db.get_one(Tally, (round_id, unit.id), populate_existing=True)
