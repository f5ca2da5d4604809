"""Branches that were moved or renamed, carried over in open rounds and back."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.completion import service
from studyhub.completion.carrying import carry, carry_back, carry_branch
from studyhub.completion.models import Carried
from studyhub.completion.queries import tallies_below
from studyhub.essays.lifecycle import State
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.org.models import UnitKind
from studyhub.org.succession import Act, Reorganization
from tests.completion.acts import Office, places, rows
from tests.completion.carried import branches, busy_round, moves, round_of, sound
from tests.world import NOW, World


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_a_moved_branch_takes_its_figures_from_the_old_ancestors_to_the_new(
    db: Session, world: World, office: Office
) -> None:
    one, two, cell = branches(office, world)
    people = office.crowd(cell, 3)
    round_ = round_of(world, list(people))
    world.essay(people[0], round_=round_, state=State.SUBMITTED)
    before, where, act = rows(db, round_), places(db, round_), office.act(Act.MOVE)
    office.move(act, cell, two)

    moved = carry_branch(db, round_, cell, reorganization_id=act.id, now=NOW)

    now = rows(db, round_)
    assert moved == 3
    assert now[one.path][4] == 0
    assert (now[two.path][4], now[two.path][9]) == (3, 1)
    assert now[cell.path][1] == two.path
    assert sound(db, round_)
    assert [tally.name for tally in tallies_below(db, round_.id, "1/")][-1] == "Bộ phận Hai"
    assert db.scalar(select(func.count()).select_from(Carried)) == 3

    carry_back(db, act.id, now=NOW)
    assert (rows(db, round_), places(db, round_)) == (before, where)


def test_a_branch_of_two_levels_is_rewritten_as_a_whole(
    db: Session, world: World, office: Office
) -> None:
    one, two, cell = branches(office, world)
    people = office.crowd(cell, 2)
    round_ = round_of(world, list(people))
    before, act = rows(db, round_), office.act(Act.MOVE)
    office.move(act, one, two)

    carry_branch(db, round_, one, reorganization_id=act.id, now=NOW)

    assert rows(db, round_)[cell.path][1] == one.path
    assert sound(db, round_)
    service.mark(db, round_.id, people[0].id, now=NOW, read=True)
    assert rows(db, round_)[two.path][7] == 1
    service.mark(db, round_.id, people[0].id, now=NOW, read=False)
    carry_back(db, act.id, now=NOW)
    assert rows(db, round_) == before


def test_a_renamed_unit_is_called_so_in_the_open_round_and_back(
    db: Session, world: World, office: Office
) -> None:
    round_, act = busy_round(world), office.act(Act.RENAME)
    before = rows(db, round_)
    office.rename(act, world.cell, "Chi bộ Hành chính")

    carry_branch(db, round_, world.cell, reorganization_id=act.id, now=NOW)
    assert rows(db, round_)["1/1/"][2] == "Chi bộ Hành chính"
    assert sound(db, round_)
    carry_back(db, act.id, now=NOW)

    assert rows(db, round_) == before


def test_the_unit_that_holds_the_round_can_be_renamed_and_a_unit_without_figures_is_passed_over(
    db: Session, world: World, office: Office
) -> None:
    round_, act = world.round(), office.act(Act.RENAME)
    empty = office.found(world.district, "Bộ phận Trống", UnitKind.SECTION)
    office.rename(act, world.district, "Đảng bộ Sở Mới")

    assert carry_branch(db, round_, world.district, reorganization_id=act.id, now=NOW) == 6
    assert carry_branch(db, round_, empty, reorganization_id=act.id, now=NOW) == 0

    assert rows(db, round_)["1/"][2] == "Đảng bộ Sở Mới"


def test_what_lies_outside_the_unit_of_the_round_is_refused(
    db: Session, world: World, office: Office
) -> None:
    one, two, cell = branches(office, world)
    people = office.crowd(cell, 2)
    round_ = round_of(world, list(people))
    round_.unit, act = one, office.act()
    db.flush()

    with pytest.raises(Unfit, match="lies outside"):
        carry(
            db, round_, {people[0].id: world.cell}, reorganization_id=act.id, now=NOW
        )  # fmt: skip
    office.move(act, cell, two)
    with pytest.raises(Unfit, match="lies outside"):
        carry_branch(db, round_, cell, reorganization_id=act.id, now=NOW)


def test_a_unit_that_still_stands_below_the_moved_one_in_the_round_is_refused(
    db: Session, world: World, office: Office
) -> None:
    one, _, cell = branches(office, world)
    inner = office.found(one, "Bộ phận Trong", UnitKind.SECTION)
    deep = office.found(inner, "Chi bộ Sâu")
    people = office.crowd(cell, 1) + office.crowd(deep, 1)
    round_ = round_of(world, list(people))
    first, second = office.act(Act.MOVE), office.act(Act.MOVE)
    office.move(first, inner, world.district)  # the round finishes as it was summoned
    office.move(second, one, inner)

    with pytest.raises(Conflict, match="still stands below"):
        carry_branch(db, round_, one, reorganization_id=second.id, now=NOW)


def test_below_a_parent_the_round_has_not_followed_the_branch_stands_where_the_round_has_it(
    db: Session, world: World, office: Office
) -> None:
    _, two, cell = branches(office, world)
    far = office.found(world.district, "Bộ phận Xa", UnitKind.SECTION)
    people = office.crowd(cell, 2) + office.crowd(office.found(two, "Chi bộ Tư"), 1)
    round_ = round_of(world, list(people))
    in_round = two.path
    first, second = office.act(Act.MOVE), office.act(Act.MOVE)
    office.move(first, two, far)
    office.move(second, cell, two)

    carry_branch(db, round_, cell, reorganization_id=second.id, now=NOW)

    assert not cell.path.startswith(in_round)
    assert rows(db, round_)[in_round][4] == 3
    assert sound(db, round_)


@pytest.mark.parametrize("order", ["cells first", "branch first"])
def test_one_act_may_move_a_branch_and_merge_a_cell_into_it(
    db: Session, world: World, office: Office, order: str
) -> None:
    one, two, cell = branches(office, world)
    people = office.crowd(cell, 2)
    round_ = round_of(world, list(people))
    before, where, act = rows(db, round_), places(db, round_), office.act()
    office.move(act, one, two)
    going = moves(office, world.cell, to=cell)

    def over(act: Reorganization, step: str) -> None:
        if step == "cells":
            carry(db, round_, going, reorganization_id=act.id, now=NOW)
        else:
            carry_branch(db, round_, one, reorganization_id=act.id, now=NOW)

    for step in ("cells", "branch") if order == "cells first" else ("branch", "cells"):
        over(act, step)
        assert sound(db, round_)
    carry_back(db, act.id, now=NOW)

    assert (rows(db, round_), places(db, round_)) == (before, where)
