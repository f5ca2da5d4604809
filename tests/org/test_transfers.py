"""Official transfer between cells: dated, with its posts, and taken back by a counter-act."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.org import queries, service
from studyhub.org.models import ExemptionKind, Membership, Standing, Transfer, Unit, UnitKind
from studyhub.rounds.models import Call, LatePolicy, Summons
from studyhub.rounds.roster import roster
from studyhub.study import opening
from tests.org.people import membership_of
from tests.world import LONG_AGO, NOW, TODAY, World

MAY = date(2026, 5, 19)
ONE_DAY = timedelta(days=1)


def move(db: Session, world: World, person: User, on: date, to: Unit | None = None) -> Transfer:
    return service.transfer(
        db,
        membership_of(db, person),
        to or world.other_cell,
        on=on,
        basis="Số 21-QĐ/ĐU",
        by=None,
        now=NOW,
    )


def cell_on(db: Session, person: User, day: date) -> Unit | None:
    covering = select(Membership).where(Membership.user_id == person.id, Membership.covers(day))
    found = db.scalars(covering).one_or_none()
    return found.cell if found else None


def test_from_that_day_the_person_belongs_to_the_other_cell(db: Session, world: World) -> None:
    moved = move(db, world, world.an, MAY)

    assert cell_on(db, world.an, MAY - ONE_DAY) is world.cell
    assert cell_on(db, world.an, MAY) is world.other_cell
    assert moved.begun is not None
    assert moved.begun.basis == moved.left.until_basis == "Số 21-QĐ/ĐU"
    assert actor_of(db, world.an.id, TODAY).home == world.other_cell.path


def test_a_probationary_member_stays_probationary(db: Session, world: World) -> None:
    new = world.person("Mai Văn Mới", world.cell, standing=Standing.PROBATIONARY)
    db.flush()

    begun = move(db, world, new, TODAY).begun

    assert begun is not None
    assert begun.standing is Standing.PROBATIONARY


def test_a_transfer_to_come_changes_nothing_before_its_day(db: Session, world: World) -> None:
    day = TODAY + timedelta(days=10)

    move(db, world, world.an, day)

    assert actor_of(db, world.an.id, TODAY).home == world.cell.path
    assert actor_of(db, world.an.id, day).home == world.other_cell.path
    assert world.an.id in {m.user.id for m in queries.members_of(db, world.cell, TODAY)}
    assert world.an.id not in {m.user.id for m in queries.members_of(db, world.cell, day)}


def test_posts_in_the_old_cell_end_the_day_before_and_others_go_on(
    db: Session, world: World
) -> None:
    service.appoint(db, world.binh, world.district, Post.OVERSEER, since=MAY, by=None, now=NOW)

    move(db, world, world.binh, TODAY)

    held = {row.post: row.until for row in queries.history_of(db, world.binh.id).appointments}
    assert held == {Post.SECRETARY: TODAY - ONE_DAY, Post.OVERSEER: None}


@pytest.mark.parametrize("on", [LONG_AGO, LONG_AGO - ONE_DAY])
def test_nobody_is_transferred_before_having_been_a_day_in_the_cell(
    db: Session, world: World, on: date
) -> None:
    with pytest.raises(Unfit, match="first day in the cell") as refused:
        move(db, world, world.an, on)

    assert refused.value.about == "on"


def test_the_target_is_another_cell_that_is_there_on_the_day(db: Session, world: World) -> None:
    young = service.found_unit(
        db, world.district, kind=UnitKind.CELL, name="Chi bộ Mới", since=TODAY, by=None, now=NOW
    )

    with pytest.raises(Unfit, match="belongs to this cell already"):
        move(db, world, world.an, MAY, world.cell)
    with pytest.raises(Unfit, match="belong to a cell"):
        move(db, world, world.an, MAY, world.district)
    with pytest.raises(Unfit, match="exists only since") as refused:
        move(db, world, world.an, MAY, young)
    assert refused.value.about == "on"
    assert cell_on(db, world.an, TODAY) is world.cell


def test_an_ended_membership_is_not_transferred(db: Session, world: World) -> None:
    service.end_membership(db, membership_of(db, world.an), until=MAY, by=None, now=NOW)

    with pytest.raises(Untimely):
        move(db, world, world.an, TODAY)


def test_a_transfer_taken_back_leaves_its_record_and_no_gap(db: Session, world: World) -> None:
    moved = move(db, world, world.an, MAY)

    service.take_back_transfer(db, moved, basis="Số 22", by=None, now=NOW)

    for day in (MAY - ONE_DAY, MAY, TODAY):
        assert cell_on(db, world.an, day) is world.cell
    assert (moved.target, moved.taken_back_at, moved.taken_back_basis) == (
        world.other_cell,
        NOW,
        "Số 22",
    )
    with pytest.raises(Untimely, match="already"):
        service.take_back_transfer(db, moved, by=None, now=NOW)


def test_once_something_stands_on_it_the_way_back_is_another_transfer(
    db: Session, world: World
) -> None:
    moved = move(db, world, world.an, MAY)
    back = move(db, world, world.an, TODAY, world.cell)

    with pytest.raises(Untimely, match="Transfer the member back"):
        service.take_back_transfer(db, moved, by=None, now=NOW)

    service.take_back_transfer(db, back, by=None, now=NOW)
    assert cell_on(db, world.an, TODAY) is world.other_cell


def test_a_post_taken_up_in_the_new_cell_stands_on_the_transfer(db: Session, world: World) -> None:
    moved = move(db, world, world.an, MAY)
    service.appoint(db, world.an, world.other_cell, Post.DEPUTY, since=TODAY, by=None, now=NOW)

    with pytest.raises(Conflict, match="taken up a post"):
        service.take_back_transfer(db, moved, by=None, now=NOW)


def test_a_round_takes_everybody_once_in_the_cell_of_its_day(db: Session, world: World) -> None:
    move(db, world, world.an, TODAY)
    move(db, world, world.lan, TODAY + ONE_DAY)
    round_ = world.round(is_open=False, late_policy=LatePolicy.REFUSE)
    world.session(round_)

    opening.open_round(db, round_, by=world.actor(world.dung), now=NOW)

    listed = db.scalars(select(Summons).where(Summons.round_id == round_.id)).all()
    cells = [(row.user_id, row.cell_path) for row in listed]
    assert len(cells) == len({user for user, _ in cells}) == 6
    assert dict(cells)[world.an.id] == world.other_cell.path
    assert dict(cells)[world.lan.id] == world.cell.path


def test_a_frozen_list_does_not_move_with_the_person(db: Session, world: World) -> None:
    round_ = world.round()

    move(db, world, world.an, MAY)

    listed = select(Summons).where(Summons.round_id == round_.id, Summons.user_id == world.an.id)
    assert db.scalars(listed).one().cell_path == world.cell.path


def test_nothing_is_required_of_a_suspended_member(db: Session, world: World) -> None:
    suspend(db, world.an, MAY, None)
    service.exempt(db, world.lan, since=MAY, reason="Tuổi cao", by=None, now=NOW)
    round_ = world.round(is_open=False, late_policy=LatePolicy.REFUSE)
    world.session(round_)

    required = opening.open_round(db, round_, by=world.actor(world.dung), now=NOW)

    called = {
        row.user_id: (row.call, row.reason)
        for row in db.scalars(select(Summons).where(Summons.round_id == round_.id))
    }
    assert required == 4
    assert called[world.an.id] == (Call.EXEMPT, "Đình chỉ sinh hoạt: Vi phạm")
    assert called[world.lan.id] == (Call.EXEMPT, "Tuổi cao")
    assert called[world.giang.id] == (Call.REQUIRED, "")


def suspend(db: Session, person: User, since: date, until: date | None) -> None:
    service.exempt(
        db,
        person,
        kind=ExemptionKind.SUSPENDED,
        since=since,
        until=until,
        reason="Vi phạm",
        basis="Số 5-QĐ/UBKT",
        by=None,
        now=NOW,
    )


def test_the_suspended_are_members_but_not_among_the_exempt(db: Session, world: World) -> None:
    suspend(db, world.an, MAY, None)

    figures = queries.figures_of(queries.members_of(db, world.cell, TODAY))

    assert (figures.total, figures.exempt) == (4, 0)
    everybody = [member.user_id for member in roster(db, [world.district.path], TODAY)]
    assert len(everybody) == len(set(everybody)) == 6


@pytest.mark.parametrize(("reason", "basis"), [("", "Số 5"), ("Vi phạm", " ")])
def test_a_suspension_needs_reason_and_decision(
    db: Session, world: World, reason: str, basis: str
) -> None:
    with pytest.raises(Unfit, match="A suspension needs"):
        service.exempt(
            db,
            world.an,
            kind=ExemptionKind.SUSPENDED,
            since=TODAY,
            reason=reason,
            basis=basis,
            by=None,
            now=NOW,
        )


def test_a_suspension_and_an_exemption_never_overlap(db: Session, world: World) -> None:
    suspend(db, world.an, MAY, TODAY)

    with pytest.raises(Conflict, match="suspended since 19/05/2026"):
        service.exempt(db, world.an, since=TODAY, reason="Ốm", by=None, now=NOW)
