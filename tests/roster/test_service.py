"""A plan is carried out whole or not at all; the same list again changes nothing."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.actor import Post
from studyhub.org import queries
from studyhub.org.models import Appointment, Exemption, Membership, Standing, Unit
from studyhub.roster import service
from studyhub.roster.columns import Column, fingerprint
from studyhub.roster.errors import Halted
from studyhub.roster.plan import Plan
from studyhub.roster.service import chosen, remember, remembered
from tests.roster.lists import plan_of, sheet_of
from tests.roster.makers import person
from tests.world import NOW, TODAY, World

ROWS = (
    person("Đặng Văn Mới", cell="Chi bộ Mới", post="Bí thư chi bộ", phone="0901", born="1975"),
    person("Hồ Thị Dự", "1/2/1999", "000000000002", "Chi bộ Mới", official=""),
    person("Lý Cao Tuổi", "1/2/1941", "000000000003", status="Miễn sinh hoạt", status_on="1/3/21"),
)
GOOD = ([*ROWS[0][:10], "0901234567"], *ROWS[1:])


def carry_out(world: World, plan: Plan) -> None:
    service.carry_out(world.db, world.district, plan, by=world.actor(world.em), now=NOW)
    world.db.flush()


def someone(world: World, name: str) -> User:
    return world.db.scalars(select(User).where(User.full_name == name)).one()


def test_a_list_becomes_cells_members_posts_and_exemptions(world: World) -> None:
    plan = plan_of(world, *GOOD)

    carry_out(world, plan)

    cell = world.db.scalars(select(Unit).where(Unit.name == "Chi bộ Mới")).one()
    members = queries.members_of(world.db, cell, TODAY)
    assert (cell.parent, cell.since) == (world.district, TODAY)
    assert [(m.user.full_name, m.membership.standing) for m in members] == [
        ("Hồ Thị Dự", Standing.PROBATIONARY),
        ("Đặng Văn Mới", Standing.OFFICIAL),
    ]
    new = someone(world, "Đặng Văn Mới")
    assert (new.born_on, new.card_number, new.phone) == (
        date(1975, 1, 1), "000012345678", "0901234567",
    )  # fmt: skip
    assert new.password_hash is None
    secretary = world.db.scalars(select(Appointment).where(Appointment.unit_id == cell.id)).one()
    assert (secretary.user_id, secretary.post) == (new.id, Post.SECRETARY)
    exempt = world.db.scalars(select(Exemption)).one()
    assert (exempt.since, exempt.reason) == (date(2021, 3, 1), "Miễn sinh hoạt")


def test_the_same_list_again_changes_nothing(world: World) -> None:
    carry_out(world, plan_of(world, *GOOD))

    again = plan_of(world, *GOOD)

    assert (again.size, again.unchanged, again.wrong_rows) == (0, 3, 0)


def test_changes_are_written_and_what_the_list_leaves_empty_stays(world: World) -> None:
    world.an.phone = "0901 234 567"
    email = world.an.email
    row = person("Nguyễn Văn Ân", "2/1/1970", world.an.card_number, post="Chi ủy viên")

    carry_out(world, plan_of(world, row))

    assert (world.an.full_name, world.an.born_on) == ("Nguyễn Văn Ân", date(1970, 1, 2))
    assert (world.an.phone, world.an.email) == ("0901 234 567", email)
    held = world.db.scalars(select(Appointment).where(Appointment.user_id == world.an.id)).one()
    assert held.post is Post.COMMITTEE_MEMBER


def test_recognition_closes_the_probation(world: World) -> None:
    new = world.person("Hồ Thị Dự", world.cell, standing=Standing.PROBATIONARY)
    world.db.flush()

    carry_out(world, plan_of(world, person(new.full_name, "", new.card_number, official="1/3/21")))

    found = select(Membership).where(Membership.user_id == new.id).order_by(Membership.since)
    before, after = world.db.scalars(found).all()
    assert (before.until, after.since, after.standing) == (
        date(2021, 2, 28), date(2021, 3, 1), Standing.OFFICIAL,
    )  # fmt: skip


def test_somebody_without_a_cell_is_admitted_with_the_account_they_have(world: World) -> None:
    world.db.flush()
    row = person(world.dung.full_name, "", world.dung.card_number)

    plan = plan_of(world, row)
    carry_out(world, plan)

    assert [change.column for change in plan.changed[0].changes] == [Column.CELL]
    assert world.cell_of(world.dung) is world.cell


def test_a_refusal_on_the_way_names_the_row(world: World) -> None:
    plan = plan_of(world, *GOOD)
    card = GOOD[1][2]
    accounts.add_person(world.db, full_name="Người Khác", card_number=str(card), by=None, now=NOW)

    with pytest.raises(Halted) as halted:
        carry_out(world, plan)

    assert halted.value.row == 5
    assert "card number" in str(halted.value.why)


def test_the_log_keeps_counts_and_no_names(world: World) -> None:
    carry_out(world, plan_of(world, *GOOD, person("", "", "")))

    logged = select(AuditEntry).where(AuditEntry.deed == "roster.imported")
    entry = world.db.scalars(logged).one()
    assert entry.subject_id == world.district.id
    assert entry.facts == {"rows": 4, "added": 3, "changed": 0, "founded": 1, "faulty": 1}


def test_the_fingerprint_is_that_of_what_would_be_done(world: World) -> None:
    plan, same = plan_of(world, *GOOD), plan_of(world, *GOOD)
    assert plan.fingerprint == same.fingerprint

    world.person("Đặng Văn Mới", world.cell).card_number = "000012345678"

    assert plan_of(world, *GOOD).fingerprint != plan.fingerprint
    assert plan_of(world, *GOOD[1:]).fingerprint != plan.fingerprint


def test_what_was_said_of_columns_is_remembered_for_the_unit(world: World) -> None:
    world.db.flush()
    columns = {Column.NAME: 3, Column.BORN: 0}

    sheet = sheet_of(person())
    mark = fingerprint(sheet.header)

    remember(world.db, world.district, sheet, {Column.NAME: 1}, now=NOW)
    remember(world.db, world.district, sheet, columns, now=NOW)
    world.db.flush()

    assert remembered(world.db, world.district, mark) == columns
    assert remembered(world.db, world.cell, mark) is None
    assert chosen(world.db, world.district) == []

    remember(world.db, world.district, replace(sheet, is_chosen=True), columns, now=NOW)
    world.db.flush()
    assert remembered(world.db, world.district, mark) == columns
    assert chosen(world.db, world.district) == [(mark, "Danh sách")]
    assert chosen(world.db, world.cell) == []
