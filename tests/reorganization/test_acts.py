"""Consolidating, splitting, dissolving and renaming cells."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.policy import judge_essay, read_essay, see_unit
from studyhub.completion.models import Tally
from studyhub.essays.lifecycle import State
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.org import queries, successions
from studyhub.org import service as org
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.org.stays import Stay
from studyhub.org.succession import Act, FormerPlace
from studyhub.reconciliation.service import differences
from studyhub.reorganization import service
from tests.org.people import membership_of
from tests.reorganization.office import DAY, decide, names_in
from tests.world import NOW, TODAY, World

LAST = DAY - timedelta(days=1)


def test_two_cells_become_one_under_a_new_name(db: Session, world: World) -> None:
    round_ = world.round()

    decide(world, Act.CONSOLIDATE, world.cell, world.other_cell, named=["Chi bộ Hợp nhất"],
           secretary=world.chi.id)  # fmt: skip

    new = _unit(db, "Chi bộ Hợp nhất")
    assert (new.since, new.parent, new.kind) == (DAY, world.district, UnitKind.CELL)
    assert names_in(db, new) == ["An", "Bình", "Chi", "Giang", "Hoa", "Lan"]
    assert {world.cell.until, world.other_cell.until} == {LAST}
    assert [post.user for post in queries.posts_on(db, new, TODAY)] == [world.chi]
    assert db.get_one(Tally, (round_.id, new.id)).required == 6
    assert differences(db, round_) == []


def test_a_consolidation_is_undone_as_if_it_had_never_been(db: Session, world: World) -> None:
    round_ = world.round()
    act = decide(world, Act.CONSOLIDATE, world.cell, world.other_cell, named=["Chi bộ Hợp nhất"])

    _undo(world, act)

    new = _unit(db, "Chi bộ Hợp nhất")
    assert not any(new.covers(DAY + timedelta(days=n)) for n in range(-3, 30))
    assert names_in(db, world.cell) == ["An", "Bình", "Giang", "Lan"]
    assert [post.user for post in queries.posts_on(db, world.other_cell, TODAY)] == [world.chi]
    assert differences(db, round_) == []


def test_a_cell_is_divided_and_goes_on(db: Session, world: World) -> None:
    round_ = world.round()
    parts = {str(world.an.id): "new0", str(world.giang.id): "new0"}

    decide(world, Act.SPLIT, world.cell, named=["Chi bộ Hai"], goes_on=True, parts=parts)

    new = _unit(db, "Chi bộ Hai")
    assert names_in(db, new) == ["An", "Giang"]
    assert names_in(db, world.cell) == ["Bình", "Lan"]
    assert world.cell.until is None
    assert [post.user for post in queries.posts_on(db, world.cell, TODAY)] == [world.binh]
    deputy = db.scalars(select(Appointment).where(Appointment.user_id == world.giang.id)).one()
    assert deputy.until == LAST, "whoever goes lays down the post in the cell they leave"
    assert db.get_one(Tally, (round_.id, new.id)).required == 2
    assert differences(db, round_) == []


def test_a_cell_that_ends_is_divided_completely(db: Session, world: World) -> None:
    some = {str(world.an.id): "new0", str(world.lan.id): "new1"}

    with pytest.raises(Unfit, match="2 have no place"):
        decide(world, Act.SPLIT, world.cell, named=["Một", "Hai"], parts=some)

    rest = {**some, str(world.binh.id): "new0", str(world.giang.id): "new1"}
    decide(world, Act.SPLIT, world.cell, named=["Một", "Hai"], parts=rest)

    assert names_in(db, _unit(db, "Một")) == ["An", "Bình"]
    assert {one.name for one in successions.successors_of(db, world.cell)} == {"Một", "Hai"}


def test_a_cell_is_dissolved_and_each_member_goes_where_they_are_sent(
    db: Session, world: World
) -> None:
    round_ = world.round()
    third = world._unit("1/3/", UnitKind.CELL, "Chi bộ Ba", world.district)
    db.flush()

    decide(
        world,
        Act.DISSOLVE,
        world.other_cell,
        to=world.cell,
        parts={str(world.hoa.id): str(third.id)},
    )

    assert names_in(db, third) == ["Hoa"]
    assert "Chi" in names_in(db, world.cell)
    assert successions.successors_of(db, world.other_cell)[0] is world.cell
    assert db.get_one(Tally, (round_.id, third.id)).required == 1
    assert differences(db, round_) == []


def test_a_new_name_is_valid_from_its_day_and_the_old_one_is_kept(
    db: Session, world: World
) -> None:
    past = date(2026, 3, 1)

    act = decide(world, Act.RENAME, world.cell, name="Chi bộ Tổng hợp", day=past)

    assert world.cell.name == "Chi bộ Tổng hợp"
    former = db.scalars(select(FormerPlace)).one()
    assert (former.name, former.until) == ("Chi bộ Văn phòng", date(2026, 2, 28))

    _undo(world, act)
    assert world.cell.name == "Chi bộ Văn phòng"
    assert db.scalars(select(FormerPlace)).all() == []


def test_in_an_open_round_the_new_name_is_shown_if_it_is_taken_along(
    db: Session, world: World
) -> None:
    taken, left = world.round(), world.round(title="Đợt hai")

    decide(world, Act.RENAME, world.cell, name="Chi bộ Tổng hợp",
           rounds={str(left.id): "finish"})  # fmt: skip

    assert db.get_one(Tally, (taken.id, world.cell.id)).name == "Chi bộ Tổng hợp"
    assert db.get_one(Tally, (left.id, world.cell.id)).name == "Chi bộ Văn phòng"


def test_the_successor_s_leaders_read_and_judge_what_the_old_cell_left(
    db: Session, world: World
) -> None:
    round_ = world.round()
    essay = world.essay(world.hoa, round_=round_, state=State.SUBMITTED)
    assert not read_essay(world.actor(world.binh), essay)

    decide(world, Act.MERGE, world.other_cell, to=world.cell, rounds={str(round_.id): "finish"})

    binh = world.actor(world.binh)
    assert judge_essay(binh, essay)
    assert see_unit(binh, world.other_cell)
    assert binh.seats(Post.SECRETARY) == ("1/1/",)
    assert not judge_essay(world.actor(world.chi), essay), "her post has ended"


def test_a_chain_of_acts_is_followed_to_its_end(db: Session, world: World) -> None:
    third = world._unit("1/3/", UnitKind.CELL, "Chi bộ Ba", world.district)
    world.person("Lý Văn Ba", third, Post.SECRETARY)
    db.flush()
    round_ = world.round()
    first = DAY - timedelta(days=20)

    one = decide(world, Act.MERGE, world.other_cell, to=world.cell, day=first)
    decide(world, Act.MERGE, world.cell, to=third)

    names = {str(row.name) for row in successions.predecessors_of(db, third)}
    assert names == {"Chi bộ Văn phòng"}
    assert len(names_in(db, third)) == 7
    assert differences(db, round_) == []
    with pytest.raises(Conflict, match="later act"):
        _undo(world, one)


def test_nothing_of_an_ended_cell_begins_again(db: Session, world: World) -> None:
    left = membership_of(db, world.hoa)
    org.end_membership(db, left, until=date(2026, 5, 1), by=None, now=NOW)
    decide(world, Act.MERGE, world.other_cell, to=world.cell)

    with pytest.raises(Exception, match="ended since"):
        org.take_back_end(db, left, by=None, now=NOW)
    with pytest.raises(Unfit, match="existed only until"):
        org.transfer(db, membership_of(db, world.an), world.other_cell, on=date(2026, 6, 1),
                     by=None, now=NOW)  # fmt: skip


def _unit(db: Session, name: str) -> Unit:
    return db.scalars(select(Unit).where(Unit.name == name)).one()


def _figures(db: Session, round_id: object) -> set[tuple[object, ...]]:
    rows = db.execute(select(*Tally.__table__.columns).where(Tally.round_id == round_id))
    return {tuple(row) for row in rows}


def _undo(world: World, act: object) -> None:
    service.undo(
        world.db, act, basis="Ghi nhầm", by=world.actor(world.dung), now=NOW  # type: ignore[arg-type]
    )  # fmt: skip


def test_guests_of_a_cell_that_ends_become_guests_of_the_successor(
    db: Session, world: World
) -> None:
    third = world._unit("1/3/", UnitKind.CELL, "Chi bộ Ba", world.district)
    guest = world.person("Lý Văn Khách", third)
    db.flush()
    until = TODAY + timedelta(days=120)
    org.begin_stay(
        db, guest, world.other_cell, since=date(2026, 9, 1), until=until, basis="QĐ", by=None,
        now=NOW,
    )  # fmt: skip

    act = decide(world, Act.MERGE, world.other_cell, to=world.cell)
    hosts = [one.host for one in db.scalars(select(Stay)) if one.holds(TODAY)]
    _undo(world, act)

    assert hosts == [world.cell]
    assert [one.host for one in db.scalars(select(Stay)) if one.holds(TODAY)] == [world.other_cell]
