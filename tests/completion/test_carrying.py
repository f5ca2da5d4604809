"""After people are carried over, and back, every figure agrees with its rows."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.completion import service
from studyhub.completion.carrying import carry, carry_back
from studyhub.completion.models import Carried, CarriedPlace, Tally
from studyhub.completion.queries import tallies_below
from studyhub.completion.rules import EssayMark
from studyhub.kernel.errors import Conflict, Untimely
from studyhub.org.succession import Act
from studyhub.rounds import service as rounds
from studyhub.rounds.models import Summons
from studyhub.study import calling
from tests.completion.acts import Office, places, rows
from tests.completion.carried import busy_round, marks, moves, sound, summons_of
from tests.world import NOW, World


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_a_merged_cell_is_carried_over_to_the_one_whose_name_stays(
    db: Session, world: World, office: Office
) -> None:
    round_, act = busy_round(world), office.act()
    kept, before = marks(db), rows(db, round_)
    going = moves(office, world.other_cell, to=world.cell)

    moved = carry(db, round_, going, reorganization_id=act.id, now=NOW)

    now = rows(db, round_)
    assert moved == 2, "the released person too"
    assert sound(db, round_)
    assert now["1/"] == before["1/"]
    assert now["1/1/"][4] == 4  # required: three of the cell, and Chi
    assert set(now["1/2/"][4:]) == {0}
    assert marks(db) == kept


@pytest.mark.parametrize("target", ["new", "survivor"])
def test_carried_and_carried_back_every_row_is_what_it_was(
    db: Session, world: World, office: Office, target: str
) -> None:
    round_, act = busy_round(world), office.act(Act.CONSOLIDATE)
    before, where, kept = rows(db, round_), places(db, round_), marks(db)
    to = office.found(world.district, "Chi bộ Tổng hợp") if target == "new" else world.cell
    going = moves(office, world.cell, world.other_cell, to=to)

    carry(db, round_, going, reorganization_id=act.id, now=NOW)
    assert sound(db, round_)
    assert rows(db, round_) != before
    carry_back(db, act.id, now=NOW)

    assert (rows(db, round_), places(db, round_), marks(db)) == (before, where, kept)
    assert sound(db, round_)
    assert db.scalar(select(func.count()).select_from(Carried)) == 0
    assert db.scalar(select(func.count()).select_from(CarriedPlace)) == 0


def test_a_cell_that_is_split_goes_where_each_person_goes(
    db: Session, world: World, office: Office
) -> None:
    round_, act = busy_round(world), office.act(Act.SPLIT)
    before = rows(db, round_)
    one, two = office.found(world.district, "Chi bộ 1"), office.found(world.district, "Chi bộ 2")
    going = {world.an.id: one, world.lan.id: two, world.binh.id: two, world.giang.id: one}

    carry(db, round_, going, reorganization_id=act.id, now=NOW)

    tallies = {name: row for row in rows(db, round_).values() for name in [row[2]]}
    assert [tallies[name][4:6] for name in ("Chi bộ 1", "Chi bộ 2")] == [(1, 1), (2, 0)]
    assert sound(db, round_)
    carry_back(db, act.id, now=NOW)
    assert rows(db, round_) == before


def test_an_emptied_cell_keeps_its_row_and_is_not_listed(
    db: Session, world: World, office: Office
) -> None:
    round_, act = world.round(), office.act()
    calling.release(
        db, summons_of(world, round_, world.hoa), reason="QĐ", by=world.actor(world.dung), now=NOW
    )
    going = moves(office, world.other_cell, to=world.cell)

    carry(db, round_, going, reorganization_id=act.id, now=NOW)

    assert [tally.name for tally in tallies_below(db, round_.id, "1/")] == ["Chi bộ Văn phòng"]
    assert db.get(Tally, (round_.id, world.other_cell.id)) is not None


def test_a_cell_of_which_everybody_is_released_is_still_listed(db: Session, world: World) -> None:
    round_ = world.round()
    for person in (world.chi, world.hoa):
        summons = summons_of(world, round_, person)
        calling.release(db, summons, reason="QĐ", by=world.actor(world.dung), now=NOW)

    assert len(tallies_below(db, round_.id, "1/")) == 2


def test_marks_made_after_carrying_follow_the_person_there_and_back(
    db: Session, world: World, office: Office
) -> None:
    round_, act = world.round(), office.act()
    to = office.found(world.district, "Chi bộ Tổng hợp")
    going = moves(office, world.cell, world.other_cell, to=to)
    carry(db, round_, going, reorganization_id=act.id, now=NOW)

    service.mark(db, round_.id, world.hoa.id, now=NOW, essay=EssayMark.SUBMITTED)
    assert rows(db, round_)[to.path][9] == 1  # waiting
    carry_back(db, act.id, now=NOW)

    assert rows(db, round_)["1/2/"][9] == 1
    assert to.path not in rows(db, round_)


def test_a_round_that_has_ended_is_neither_carried_nor_carried_back(
    db: Session, world: World, office: Office
) -> None:
    ended, going_on, act = world.round(), world.round(), office.act()
    going = moves(office, world.other_cell, to=world.cell)
    rounds.close(db, ended, by=world.actor(world.dung), now=NOW)

    with pytest.raises(Untimely):
        carry(db, ended, going, reorganization_id=act.id, now=NOW)
    carry(db, going_on, going, reorganization_id=act.id, now=NOW)
    rounds.close(db, going_on, by=world.actor(world.dung), now=NOW)
    with pytest.raises(Conflict, match="closed since"):
        carry_back(db, act.id, now=NOW)


def test_of_two_acts_the_later_is_undone_first(db: Session, world: World, office: Office) -> None:
    round_ = busy_round(world)
    before = rows(db, round_)
    first, second = office.act(), office.act(Act.CONSOLIDATE)
    to = office.found(world.district, "Chi bộ Tổng hợp")
    going = moves(office, world.other_cell, to=world.cell)
    carry(db, round_, going, reorganization_id=first.id, now=NOW)
    everybody = moves(office, world.cell, world.other_cell, to=to)
    carry(db, round_, everybody, reorganization_id=second.id, now=NOW)
    steps = db.execute(
        select(Carried.step, Carried.cell_id)
        .join(Carried.summons)
        .where(Summons.user_id == world.chi.id)
        .order_by(Carried.step)
    ).all()

    with pytest.raises(Conflict, match="carried further"):
        carry_back(db, first.id, now=NOW)
    carry_back(db, second.id, now=NOW)
    carry_back(db, first.id, now=NOW)

    assert [tuple(step) for step in steps] == [(0, world.other_cell.id), (1, world.cell.id)]
    assert rows(db, round_) == before
    assert sound(db, round_)
