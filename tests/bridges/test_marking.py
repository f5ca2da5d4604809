"""Who sits at a bridge point is marked there, and counts in their own cell."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.bridges import closing, marking, planning, queries
from studyhub.bridges.models import BridgePoint
from studyhub.bridges.planning import PointPlan
from studyhub.completion.models import Tally
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.reconciliation.service import differences
from studyhub.rounds import service as rounds
from studyhub.study import rolls
from studyhub.study.models import Attendance, Basis, Presence
from studyhub.study.roll_call import Entry, call_roll
from tests.bridges.conftest import Hall
from tests.world import NOW, World


def _mark(db: Session, world: World, point: BridgePoint, *people: User, **facts: Any) -> Any:
    told = {"here": True, "now": NOW, **facts}
    here = dict.fromkeys([person.id for person in people], told.pop("here"))
    return marking.mark(db, point, here, by=world.actor(point.keeper), **told)


def _row(db: Session, point: BridgePoint, person: User) -> tuple[Presence, Basis | None] | None:
    db.flush()
    db.expire_all()
    row = db.get(Attendance, (point.session_id, person.id))
    return (row.presence, row.basis) if row else None


def test_two_hundred_people_of_twelve_cells_each_count_in_their_own_cell(
    db: Session, world: World, hall: Hall
) -> None:
    hall.fill(12, 200)
    round_ = hall.round()
    session = world.session(round_)
    point = hall.point(session, *hall.cells, keeper=world.an)
    chance = Random(7)
    here = [person for person in hall.people if chance.random() < 0.8]
    sent = [*here, *chance.sample(here, 40)]
    chance.shuffle(sent)

    for start in range(0, len(sent), 25):  # in pieces, some of them twice, as a phone sends later
        _mark(db, world, point, *sent[start : start + 25])

    db.expire_all()
    found = queries.benches(db, point)
    assert (len(found), sum(len(bench.seats) for bench in found)) == (12, 200)
    expected = Counter(world.cell_of(person).path for person in here)
    assert {bench.cell.path: bench.here for bench in found} == expected
    tallies = db.execute(select(Tally.path, Tally.attended).where(Tally.round_id == round_.id))
    attended = dict(tallies.all())
    assert {path: attended[path] for path in expected} == expected
    assert attended["1/"] == len(here)
    for roll in rolls.roll_by_cell(db, session, ["1/"]):
        told = roll.figures
        assert told.present + told.excused + told.absent == told.summoned
    assert differences(db, round_) == []


def test_a_mark_taken_away_leaves_what_was_recorded_before(
    db: Session, world: World, hall: Hall
) -> None:
    session = world.session(world.round())
    point = hall.point(session, world.cell, keeper=world.hoa)
    call_roll(
        db, session, world.cell,
        {world.an.id: Entry(presence=Presence.EXCUSED, reason="ốm")},
        by=world.actor(world.binh), now=NOW,
    )  # fmt: skip

    _mark(db, world, point, world.an, world.lan)
    assert _row(db, point, world.an) == (Presence.ON_SITE, Basis.BRIDGE)
    _mark(db, world, point, world.an, world.lan, here=False)

    assert _row(db, point, world.an) == (Presence.EXCUSED, None)
    assert _row(db, point, world.lan) is None
    assert differences(db, session.round) == []


def test_what_a_check_in_or_a_roll_call_says_stands(db: Session, world: World, hall: Hall) -> None:
    session = world.session(world.round())
    point = hall.point(session, world.cell, keeper=world.hoa)
    call_roll(
        db, session, world.cell, {world.an.id: Entry(presence=Presence.ONLINE)},
        by=world.actor(world.binh), now=NOW,
    )  # fmt: skip

    _mark(db, world, point, world.an)
    assert _row(db, point, world.an) == (Presence.ONLINE, None)
    _mark(db, world, point, world.an, here=False)

    assert _row(db, point, world.an) == (Presence.ONLINE, None)


def test_a_person_marked_at_two_points_is_told_and_counted_once(
    db: Session, world: World, hall: Hall
) -> None:
    round_ = world.round()
    session = world.session(round_)
    one = hall.point(session, world.cell, keeper=world.hoa)
    other = hall.point(session, world.cell, hall="Trường Tiểu học", keeper=world.chi)
    _mark(db, world, one, world.an)

    made = _mark(db, world, other, world.an)

    assert made.elsewhere == {world.an.id: "Nhà văn hóa"}
    assert [user.id for user in queries.marked_twice(db, session)] == [world.an.id]
    told = db.scalars(select(Notice.user_id).where(Notice.kind == Kind.BRIDGE_TWICE.value)).all()
    assert told == [world.an.id]
    assert db.scalar(select(func.count()).select_from(Attendance)) == 1
    assert db.scalar(select(Tally.attended).where(Tally.path == "1/")) == 1

    _mark(db, world, one, world.an, here=False)
    assert _row(db, other, world.an) == (Presence.ON_SITE, Basis.BRIDGE), "the other carries it"
    _mark(db, world, other, world.an, here=False)
    assert _row(db, other, world.an) is None
    assert differences(db, round_) == []


def test_marks_are_taken_around_the_day_only_and_of_people_on_the_list(
    db: Session, world: World, hall: Hall
) -> None:
    session = world.session(world.round(summoned=[world.an]))
    point = hall.point(session, world.cell, keeper=world.an)

    for moment in (
        session.starts_at - timedelta(hours=13),
        session.ends_at + timedelta(days=3, seconds=1),
    ):
        with pytest.raises(Untimely):
            _mark(db, world, point, world.an, now=moment)
    with pytest.raises(Missing):
        _mark(db, world, point, world.lan)
    assert _mark(db, world, point, world.an, now=session.ends_at + timedelta(days=3)).changed == 1


def test_count_and_list_agree_or_it_is_said_why(db: Session, world: World, hall: Hall) -> None:
    session = world.session(world.round())
    point = hall.point(session, world.cell, keeper=world.an)
    _mark(db, world, point, world.an, world.lan)
    an, dung = world.actor(world.an), world.actor(world.dung)

    with pytest.raises(Unfit, match="3 people, the list has 2"):
        closing.sign_off(db, point, headcount=3, difference=" ", by=an, now=NOW)
    closing.sign_off(db, point, headcount=3, difference="một đại biểu", by=an, now=NOW)

    with pytest.raises(Untimely, match="signed off"):
        _mark(db, world, point, world.binh)
    closing.reopen(db, point, by=dung, now=NOW)
    _mark(db, world, point, world.binh)
    closing.sign_off(db, point, headcount=3, difference="", by=an, now=NOW)
    assert (point.headcount, point.difference) == (3, "")


def test_planning_tells_who_is_in_charge_and_a_used_point_stays(
    db: Session, world: World, hall: Hall
) -> None:
    round_ = world.round()
    session = world.session(round_)
    point = hall.point(session, world.cell, keeper=world.an)
    dung = world.actor(world.dung)
    plan = PointPlan(hall="Hội trường B", keeper=world.hoa, cells=[world.other_cell.id])

    planning.change(db, point, plan, by=dung, now=NOW)

    told = db.scalars(select(Notice.user_id).where(Notice.kind == Kind.BRIDGE_IN_CHARGE.value))
    assert set(told) == {world.an.id, world.hoa.id}
    assert point.cell_ids == [world.other_cell.id]
    for wrong in (
        PointPlan(hall=" ", keeper=world.an, cells=[world.cell.id]),
        PointPlan(hall="A", keeper=world.an, cells=[]),
        PointPlan(hall="A", keeper=world.an, cells=[world.district.id]),
    ):
        with pytest.raises(Unfit):
            planning.change(db, point, wrong, by=dung, now=NOW)
    planning.change(db, point, plan, by=dung, now=NOW)
    _mark(db, world, point, world.an)
    with pytest.raises(Untimely, match="no longer go"):
        planning.remove(db, point, by=dung, now=NOW)
    rounds.close(db, round_, by=dung, now=NOW)
    with pytest.raises(Untimely):
        _mark(db, world, point, world.lan)
    with pytest.raises(Untimely):
        hall.point(session, world.cell, keeper=world.an)


def test_who_came_without_being_expected_is_found_without_marks(
    db: Session, world: World, hall: Hall
) -> None:
    session = world.session(world.round())
    point = hall.point(session, world.cell, keeper=world.an)

    assert [seat.summons.user for seat in queries.found_elsewhere(db, point, "vu thi hoa")] == [
        world.hoa
    ]
    assert queries.found_elsewhere(db, point, "hoa") == []
    _mark(db, world, point, world.hoa)

    benches = queries.benches(db, point)
    assert [(bench.cell.name, bench.expected, bench.here) for bench in benches] == [
        ("Chi bộ Văn phòng", True, 0),
        ("Chi bộ Thanh tra", False, 1),
    ]
    figures = queries.points_of(db, session, visible=BridgePoint.id == point.id)
    assert [(row.expected, row.marked) for row in figures] == [(4, 1)]
