"""Blind marking: whose essay it is stays hidden from those who judge until a decision stands."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Untimely
from studyhub.review import blind, changing_rules, listing, recalling, service
from studyhub.review.line import line
from studyhub.review.models import Outcome
from studyhub.review.queue import Show, Sieve
from studyhub.rounds.grading import Grading
from studyhub.rounds.marked import marking_of
from studyhub.rounds.marking import PRESETS, Marking, preset_of
from studyhub.rounds.models import StudyRound
from tests.world import NOW, World


def waiting(world: World, **settings: Any) -> Essay:
    """An's essay, which waits in a round judged blind."""
    return world.essay(round_=world.round(blind=True, **settings), state=State.SUBMITTED)


def accept(db: Session, world: World, essay: Essay) -> None:
    service.decide(
        db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="",
        by=world.actor(world.binh), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("state", list(State))
def test_only_a_decision_tells_whose_it_is(state: State) -> None:
    is_decided = state in {State.RETURNED, State.ACCEPTED}
    assert blind.hides(blind=True, state=state) is not is_decided
    assert not blind.hides(blind=False, state=state)


def test_the_code_is_short_and_stays() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert blind.code(one) == blind.code(one) != blind.code(other)
    assert len(blind.code(one)) == 5
    assert not {*blind.code(one)} & {*"01OIL"}, "it can be read aloud"


def test_hardly_two_of_a_district_are_called_alike() -> None:
    codes = {blind.code(UUID(int=number)) for number in range(2500)}
    assert len(codes) > 2495


@pytest.mark.parametrize("person", ["an", "lan", "binh", "giang", "chi", "dung", "phuc", "em"])
def test_those_who_judge_are_blind_and_those_who_follow_are_not(
    db: Session, world: World, person: str
) -> None:
    who = world.actor(getattr(world, person))
    assert policy.judge_blind(who, waiting(world)) is (person in {"binh", "giang"})


def test_the_committee_is_blind_where_it_judges(db: Session, world: World) -> None:
    round_ = world.round(blind=True)
    essay = world.essay(world.binh, round_=round_, state=State.SUBMITTED)
    assert policy.judge_blind(world.actor(world.dung), essay)


def test_with_two_markers_the_first_mark_tells_nothing(db: Session, world: World) -> None:
    essay = waiting(world, grading=Grading.POINTS, markers=2)
    binh, giang = world.actor(world.binh), world.actor(world.giang)

    service.give_mark(db, essay, 1, points=[800], remark="", by=binh, now=NOW)
    assert policy.judge_blind(binh, essay), "having marked is not enough"
    assert policy.judge_blind(giang, essay)
    service.give_mark(db, essay, 1, points=[700], remark="", by=giang, now=NOW)

    assert not policy.judge_blind(binh, essay)
    assert not policy.judge_blind(giang, essay)


def test_the_queue_has_no_names(db: Session, world: World) -> None:
    essay = waiting(world)
    named = world.essay(world.lan, state=State.SUBMITTED)
    binh = world.actor(world.binh)
    visible = scope.markable_essays(binh)

    found = line(db, visible, essay, reader_id=binh.user_id, now=NOW)

    assert {one.id: one.name for one in found.around} == {
        essay.id: None,
        named.id: world.lan.full_name,
    }


def test_nobody_finds_out_by_choosing_a_cell(db: Session, world: World) -> None:
    essay = waiting(world)
    named = world.essay(world.lan, state=State.SUBMITTED)
    visible = scope.markable_essays(world.actor(world.binh))
    cell = Sieve(cell_id=essay.cell_id)

    page = listing.listed(db, visible, cell, now=NOW)
    choices = listing.choices(db, visible, Sieve(), NOW)

    assert [one.id for one in page.essays] == [named.id]
    assert choices.cells == {essay.cell_id: (world.cell.name, 1)}
    assert {essay.round_id, named.round_id} == choices.rounds.keys()


def test_what_was_decided_can_be_sought_by_cell(db: Session, world: World) -> None:
    round_ = world.round(blind=True)
    essay = world.essay(round_=round_, state=State.RETURNED)
    visible = scope.markable_essays(world.actor(world.binh))
    wanted = Sieve(show=Show.RETURNED, cell_id=essay.cell_id)

    assert [one.id for one in listing.listed(db, visible, wanted, now=NOW).essays] == [essay.id]


def test_a_decision_that_has_shown_the_name_is_not_recalled(db: Session, world: World) -> None:
    essay = waiting(world)
    accept(db, world, essay)

    with pytest.raises(Untimely, match="shown whose essay"):
        recalling.recall(db, essay, 1, by=world.actor(world.binh), now=NOW)


def test_a_precedent_can_be_judged_blind(db: Session, world: World) -> None:
    round_ = world.round()
    grading, marking = PRESETS["regulation"]
    told = replace(marking, blind=True)

    changing_rules.change_rules(db, round_, grading, told, by=world.actor(world.dung), now=NOW)

    assert round_.blind
    assert preset_of(round_.grading, marking_of(round_, round_.rubric)) == "regulation"


def test_it_stays_as_it_is_once_somebody_was_judged(db: Session, world: World) -> None:
    essay = waiting(world)
    accept(db, world, essay)
    dung = world.actor(world.dung)

    with pytest.raises(Untimely):
        changing_rules.change_rules(
            db, essay.round, Grading.PASS_ONLY, Marking(blind=False), by=dung, now=NOW
        )
    assert db.get_one(StudyRound, essay.round_id).blind
