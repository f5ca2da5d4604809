"""Sharing out what waits: even, the same each time, never one's own, and only a suggestion."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.notices.models import Kind, Notice
from studyhub.org.models import Unit
from studyhub.review import assigning
from studyhub.review.assigning import Sharing, shared_out
from tests.world import NOW, TODAY, World

BINH, GIANG, CHI = (UUID(int=number) for number in (1, 2, 3))


@given(some.integers(0, 60), some.integers(1, 7))
def test_all_may_judge_all_then_nobody_has_two_more_than_another(many: int, few: int) -> None:
    people = [UUID(int=number) for number in range(few)]
    may = {UUID(int=100 + number): people for number in range(many)}

    given_ = shared_out(may, {})

    counts = [list(given_.values()).count(who) for who in people]
    assert sum(counts) == many
    assert max(counts) - min(counts) <= 1
    assert shared_out(may, {}) == given_


@given(some.lists(some.sets(some.integers(0, 4)), max_size=40))
def test_nobody_gets_what_they_may_not_judge(sets: list[set[int]]) -> None:
    may = {
        UUID(int=100 + at): [UUID(int=who) for who in sorted(who)] for at, who in enumerate(sets)
    }

    found = shared_out(may, {})

    assert set(found) == {essay for essay, people in may.items() if people}
    assert all(who in may[essay] for essay, who in found.items())


def test_what_one_has_already_counts() -> None:
    may = {UUID(int=100 + number): [BINH, GIANG] for number in range(4)}

    assert list(shared_out(may, {BINH: 3}).values()).count(GIANG) == 3


def test_those_fewest_may_judge_come_first() -> None:
    """Else Binh would have got the first, and then Giang's own as well."""
    may = {UUID(int=100): [BINH, GIANG], UUID(int=101): [BINH]}

    assert shared_out(may, {}) == {UUID(int=101): BINH, UUID(int=100): GIANG}


def waiting(world: World, many: int) -> list[Essay]:
    round_ = world.round()
    found = []
    for number in range(many):
        author = world.person(f"Người Thứ {number}", world.cell)
        essay = world.essay(author, round_=round_, state=State.SUBMITTED)
        essay.submitted_at = NOW - timedelta(hours=number)
        found.append(essay)
    return found


def dealt(db: Session, unit: Unit, *, anew: bool = False) -> Sharing:
    return assigning.sharing(db, unit, None, may=policy.judge_essay, day=TODAY, anew=anew)


def test_a_cell_is_shared_by_secretary_and_deputy(db: Session, world: World) -> None:
    waiting(world, 5)
    world.essay(world.hoa, round_=world.round(title="Khác"), state=State.SUBMITTED)

    plan = dealt(db, world.cell)

    assert {share.name: share.new for share in plan.shares} == {
        "Lê Quang Bình": 3, "Phạm Hương Giang": 2,
    }  # fmt: skip
    assert plan.nobody == 0


def test_one_never_gets_ones_own(db: Session, world: World) -> None:
    own = world.essay(world.binh, state=State.SUBMITTED)

    plan = dealt(db, world.cell)

    assert own.id in plan.plan
    assert plan.plan[own.id] != world.binh.id


def test_of_a_branch_each_cell_keeps_its_judges(db: Session, world: World) -> None:
    essays = waiting(world, 4)
    other = world.essay(world.hoa, round_=essays[0].round, state=State.SUBMITTED)

    plan = dealt(db, world.district).plan

    assert plan[other.id] == world.chi.id
    assert {plan[essay.id] for essay in essays} == {world.binh.id, world.giang.id}


def test_what_is_assigned_stays_until_it_is_dealt_anew(db: Session, world: World) -> None:
    waiting(world, 4)
    actor = world.actor(world.binh)
    assert assigning.assign(db, world.cell, dealt(db, world.cell), by=actor, now=NOW) == 4
    db.flush()

    later = dealt(db, world.cell)
    assert (len(later.plan), later.kept) == (0, 4)
    anew = dealt(db, world.cell, anew=True)
    assert (len(anew.plan), anew.kept) == (4, 0)
    assert assigning.assign(db, world.cell, anew, by=actor, now=NOW) == 4


def test_it_is_a_suggestion_and_moves_no_right(db: Session, world: World) -> None:
    [essay] = waiting(world, 1)
    assigning.assign(db, world.cell, dealt(db, world.cell), by=world.actor(world.binh), now=NOW)
    db.flush()

    [(reviewer, _)] = assigning.reviewers_of(db, [essay.id]).values()
    others = {world.binh.id, world.giang.id} - {reviewer}
    assert len(others) == 1
    assert policy.judge_essay(world.actor(world.binh), essay)
    assert policy.judge_essay(world.actor(world.giang), essay)


def test_each_is_told_once_how_many(db: Session, world: World) -> None:
    waiting(world, 5)

    plan = dealt(db, world.cell)
    assigning.assign(db, world.cell, plan, by=world.actor(world.binh), now=NOW)

    told = db.scalars(select(Notice).where(Notice.kind == Kind.ESSAYS_ASSIGNED)).all()
    assert [(one.user_id, one.facts["count"]) for one in told] == [(world.giang.id, 2)]
