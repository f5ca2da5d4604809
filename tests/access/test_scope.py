"""The two tellings of the law agree: policy as Python, scope as SQL."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor
from studyhub.org.models import Membership, Unit
from studyhub.rounds.models import StudyRound
from tests.world import World

Predicate = Callable[[Actor, Any], bool]
Rows = Callable[[Actor], ColumnElement[bool]]

PAIRS: list[tuple[type[Any], Predicate, Rows]] = [
    (Essay, policy.read_essay, scope.readable_essays),
    (Essay, policy.judge_essay, scope.judgeable_essays),
    (StudyRound, policy.see_round, scope.visible_rounds),
    (StudyRound, policy.manage_round, scope.managed_rounds),
    (Unit, policy.see_unit, scope.visible_units),
    (Unit, policy.follow_unit, scope.followed_units),
    (Membership, policy.see_member, scope.visible_members),
]  # fmt: skip


@pytest.mark.parametrize(("model", "predicate", "rows"), PAIRS)
def test_the_two_tellings_of_the_law_agree(
    db: Session,
    world: World,
    model: type[Any],
    predicate: Predicate,
    rows: Rows,
) -> None:
    round_ = world.round()
    world.round(is_open=False)
    world.round(summoned=[world.hoa])
    for person, state in zip(
        (world.an, world.binh, world.giang, world.chi, world.hoa),
        (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.SUBMITTED),
        strict=True,
    ):
        world.essay(person, round_=round_, state=state)
    things = db.scalars(select(model)).all()

    for person in world.everyone:
        actor = world.actor(person)
        told = {thing.id for thing in things if predicate(actor, thing)}
        listed = set(db.scalars(select(model.id).where(rows(actor))))
        assert listed == told, person.full_name


@pytest.mark.parametrize(
    ("person", "state", "allowed"),
    [
        ("an", State.DRAFT, {"read_essay", "write_essay"}),
        ("an", State.SUBMITTED, {"read_essay", "write_essay"}),
        ("lan", State.SUBMITTED, set()),
        ("binh", State.DRAFT, {"judge_essay"}),
        ("binh", State.SUBMITTED, {"read_essay", "judge_essay"}),
        ("giang", State.SUBMITTED, {"read_essay", "judge_essay"}),
        ("chi", State.SUBMITTED, set()),
        ("dung", State.DRAFT, set()),
        ("dung", State.SUBMITTED, {"read_essay"}),
        ("phuc", State.SUBMITTED, {"read_essay"}),
        ("em", State.SUBMITTED, set()),
    ],
)
def test_the_law_on_ans_essay(world: World, person: str, state: State, allowed: set[str]) -> None:
    essay = world.essay(world.an, state=state)
    actor = world.actor(getattr(world, person))

    acts = {"read_essay", "write_essay", "judge_essay"}

    assert {act for act in acts if getattr(policy, act)(actor, essay)} == allowed


@pytest.mark.parametrize(
    ("person", "may"),
    [("binh", False), ("giang", True), ("dung", True), ("chi", False), ("phuc", False)],
)
def test_a_secretarys_essay_goes_to_the_deputy_or_the_committee(
    world: World,
    person: str,
    may: bool,  # noqa: FBT001 - a column of the table
) -> None:
    essay = world.essay(world.binh, state=State.SUBMITTED)

    assert policy.judge_essay(world.actor(getattr(world, person)), essay) is may
