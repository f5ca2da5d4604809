"""The two tellings of the law agree: policy as Python, scope as SQL."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.org import service
from studyhub.org.models import Membership, Unit
from studyhub.org.petitions import Petition, Wish
from studyhub.org.stays import Stay
from studyhub.rounds.models import StudyRound
from tests.world import NOW, TODAY, World

Predicate = Callable[[Actor, Any], bool]
Rows = Callable[[Actor], ColumnElement[bool]]

PAIRS: list[tuple[type[Any], Predicate, Rows]] = [
    (Essay, policy.read_essay, scope.readable_essays),
    (Essay, policy.judge_essay, scope.judgeable_essays),
    (Essay, policy.judge_essay, partial(scope.judgeable_essays, one_by_one=True)),
    (StudyRound, policy.see_round, scope.visible_rounds),
    (StudyRound, policy.manage_round, scope.managed_rounds),
    (Unit, policy.see_unit, scope.visible_units),
    (Unit, policy.follow_unit, scope.followed_units),
    (Unit, policy.see_register, scope.registered_units),
    (Unit, policy.share_phrases, scope.phrase_units),
    (Membership, policy.see_member, scope.visible_members),
    (Stay, policy.see_stay, scope.visible_stays),
    (Petition, policy.see_petition, scope.visible_petitions),
    (Petition, policy.decide_petition, scope.decidable_petitions),
]  # fmt: skip


def stays_and_petitions(db: Session, world: World) -> None:
    """An is with cell two and Hoa with cell one; Lan is today where she will belong later."""
    until = TODAY + timedelta(days=99)
    for person, host in ((world.an, world.other_cell), (world.hoa, world.cell)):
        service.begin_stay(db, person, host, since=TODAY, until=until, by=None, now=NOW)
    for person, cell in ((world.an, world.cell), (world.hoa, world.other_cell)):
        db.add(
            Petition(
                id=new_uuid(), wish=Wish.TRANSFER, user=person, cell=cell, reason="Vì",
                asked_by=UserId(world.binh.id), asked_at=NOW,
            )
        )  # fmt: skip
    lan = db.scalars(select(Membership).where(Membership.user_id == world.lan.id)).one()
    service.transfer(db, lan, world.other_cell, on=until, by=None, now=NOW)
    service.begin_stay(db, world.lan, world.other_cell, since=TODAY, until=TODAY, by=None, now=NOW)
    db.flush()
    db.expire_all()


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
    world.round(summoned=[world.an]).audience[0].unit = world.cell  # Chi's cell hosts An
    for person, state in zip(
        (world.an, world.binh, world.giang, world.chi, world.hoa),
        (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.SUBMITTED),
        strict=True,
    ):
        world.essay(person, round_=round_, state=state)
    stays_and_petitions(db, world)
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
