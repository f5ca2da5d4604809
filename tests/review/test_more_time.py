"""More time for those who were ticked, and for nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.window import can_hand_in
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.review import more_time, service
from studyhub.review.models import Outcome
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Extension, StudyRound
from tests.world import NOW, World

LATER = NOW + timedelta(days=9)
WHY = "Chi bộ bị mất điện."


def returned(db: Session, world: World, round_: StudyRound, *authors: str) -> list[Essay]:
    found = []
    for name in authors:
        author = getattr(world, name)
        essay = world.essay(author, round_=round_, state=State.SUBMITTED)
        by = world.actor(world.binh)
        service.comment(
            db, essay.versions[0], part=0, paragraph=0, text="Nêu số liệu.", by=by, now=NOW
        )
        service.decide(db, essay, 1, outcome=Outcome.RETURN, grade=None, remark="", by=by, now=NOW)
        found.append(essay)
    return found


def given(db: Session, world: World, essays: list[Essay], until=LATER, reason=WHY) -> int:  # type: ignore[no-untyped-def]
    by = world.actor(world.dung)
    round_ = essays[0].round
    return more_time.give(db, round_, essays, until, reason=reason, by=by, now=NOW)


def test_the_ticked_have_it_and_nobody_else_of_the_cell(db: Session, world: World) -> None:
    round_ = world.round()
    an, lan = returned(db, world, round_, "an", "lan")

    assert given(db, world, [an]) == 1

    assert an.deadline == LATER
    assert lan.deadline == round_.closes_at
    made = db.scalars(select(Extension)).one()
    assert (made.summons_id, made.reason, made.cell_id) == (an.summons and an.summons.id, WHY, None)


def test_the_days_for_completing_move_along(db: Session, world: World) -> None:
    round_ = world.round(rewrite_days=2, closes_in=timedelta(days=60))
    (an,) = returned(db, world, round_, "an")
    after = NOW + timedelta(days=5)
    assert not can_hand_in(an, after)

    given(db, world, [an])

    assert can_hand_in(an, after)
    assert an.rewrite_until == LATER
    assert db.scalars(select(Extension)).one().reason == WHY


def test_what_waits_and_what_may_not_be_completed_again_is_left_out(
    db: Session, world: World
) -> None:
    round_ = world.round(rewrites=0)
    (an,) = returned(db, world, round_, "an")
    lan = world.essay(world.lan, round_=round_, state=State.SUBMITTED)

    found = more_time.owing(db, round_, [an.id, lan.id], true())

    assert found.can == []
    assert {one.id for one in found.cannot} == {an.id, lan.id}
    assert given(db, world, [an, lan]) == 0
    assert not db.scalars(select(Extension)).all()


def test_of_others_not_a_word(db: Session, world: World) -> None:
    round_ = world.round()
    (an,) = returned(db, world, round_, "an")

    visible = scope.readable_essays(world.actor(world.chi))
    found = more_time.owing(db, round_, [an.id], visible)

    assert not found.can
    assert not found.cannot


def test_it_must_be_to_come_with_a_reason_in_an_open_round(db: Session, world: World) -> None:
    round_ = world.round()
    essays = returned(db, world, round_, "an")

    with pytest.raises(Unfit, match="reason"):
        given(db, world, essays, reason=" ")
    with pytest.raises(Unfit, match="come"):
        given(db, world, essays, until=NOW)
    with pytest.raises(Unfit, match="later"):
        given(db, world, essays, until=NOW + timedelta(hours=1))
    round_.state = RoundState.CLOSED
    with pytest.raises(Untimely):
        given(db, world, essays)
