"""Who may propose, decide, answer and read: the two tellings of the law."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.booklet.models import GoodEssay
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Appointment, UnitKind
from studyhub.rounds.models import StudyRound
from tests.booklet.shelved import accepted, asked, proposed, published
from tests.world import LONG_AGO, World

PAIRS: list[
    tuple[type[Any], Callable[[Actor, Any], bool], Callable[[Actor], ColumnElement[bool]]]
] = [
    (GoodEssay, policy.follow_good_essay, scope.followed_good_essays),
    (GoodEssay, policy.decide_good_essay, scope.decidable_good_essays),
    (StudyRound, policy.read_shelf, scope.read_shelves),
]


@pytest.mark.parametrize(("model", "predicate", "rows"), PAIRS)
def test_the_two_tellings_agree(
    db: Session,
    world: World,
    model: type[Any],
    predicate: Callable[[Actor, Any], bool],
    rows: Callable[[Actor], ColumnElement[bool]],
) -> None:
    round_ = world.round(summoned=[world.an, world.lan, world.hoa, world.chi])
    beside = world._unit("2/", UnitKind.PARTY_ORG, "Đảng bộ bên", None)
    stranger = world.person("Mai Văn Mới", world._unit("2/1/", UnitKind.CELL, "Chi bộ bên", beside))
    db.add(Appointment(user=world.hoa, unit=world.district, post=Post.OFFICER, since=LONG_AGO))
    proposed(world, accepted(world, world.an, round_))
    asked(world, accepted(world, world.lan, round_))
    published(world, accepted(world, world.hoa, round_))
    theirs = world.round(summoned=[world.an])
    theirs.unit = beside
    db.flush()
    things = db.scalars(select(model)).all()

    for person in (*world.everyone, stranger):
        actor = world.actor(person)
        told = {thing.id for thing in things if predicate(actor, thing)}
        listed = set(db.scalars(select(model.id).where(rows(actor))))
        assert listed == told, person.full_name
    own = db.scalars(select(GoodEssay).where(GoodEssay.essay.has(author_id=world.hoa.id))).one()
    assert not policy.decide_good_essay(world.actor(world.hoa), own)


def test_published_it_is_read_in_the_whole_organization_and_nowhere_else(
    db: Session, world: World
) -> None:
    round_ = world.round(summoned=[world.an, world.lan])
    good = published(world, accepted(world, round_=round_))
    beside = world._unit("2/", UnitKind.PARTY_ORG, "Đảng bộ bên", None)
    stranger = world.person("Mai Văn Mới", world._unit("2/1/", UnitKind.CELL, "Chi bộ bên", beside))

    readers = {
        person.full_name
        for person in (*world.everyone, stranger)
        if policy.read_good_essay(world.actor(person), good)
    }

    assert readers == {person.full_name for person in world.everyone} - {world.em.full_name}


@pytest.mark.parametrize("how", [proposed, asked])
def test_before_consent_only_those_who_deal_with_it_know(
    world: World, how: Callable[[World], GoodEssay]
) -> None:
    good = how(world)

    knowing = {
        person.full_name
        for person in world.everyone
        if policy.see_good_essay(world.actor(person), good)
    }

    author = {world.an.full_name} if how is asked else set()
    assert knowing == author | {
        world.binh.full_name, world.giang.full_name, world.dung.full_name,
    }  # fmt: skip
    assert not any(policy.read_good_essay(world.actor(one), good) for one in world.everyone)
