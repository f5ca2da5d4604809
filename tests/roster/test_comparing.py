"""The dry run tells what is new, changed, the same, missing and wrong; it writes nothing."""

from datetime import date
from typing import Any

from studyhub.org import service as org
from studyhub.org.models import ExemptionKind, Standing
from studyhub.roster import comparing, differences, lines, values
from studyhub.roster.columns import Column
from studyhub.roster.plan import Change
from studyhub.roster.values import Zeros
from tests.roster.lists import faults_of, plan_of
from tests.roster.makers import INSPECTION, person
from tests.world import NOW, World

FIRST = 4
"""The row of the first person in the files of these tests."""


def of(world: World, who: str) -> dict[str, Any]:
    """The row that says of somebody of the cast what the register says."""
    user = getattr(world, who)
    return {"name": user.full_name, "card": user.card_number, "born": user.born_on or ""}


def test_a_stranger_is_new_and_the_others_of_the_cell_are_missing(world: World) -> None:
    plan = plan_of(world, person())

    assert [step.line.name for step in plan.new] == ["Đặng Văn Mới"]
    assert plan.new[0].standing is Standing.OFFICIAL
    assert {absent.name for absent in plan.absent} == {
        "Nguyễn Văn An", "Trần Thị Lan", "Lê Quang Bình", "Phạm Hương Giang",
    }  # fmt: skip
    assert plan.size == 1
    assert not world.db.new
    assert not world.db.dirty


def test_whoever_is_known_by_card_number_shows_what_changes_field_by_field(world: World) -> None:
    world.an.born_on, world.an.phone = date(1970, 1, 2), "0901 234 567"

    plan = plan_of(
        world,
        person(**{**of(world, "an"), "name": "Nguyễn Văn Ân", "born": "1970"}, phone="0901234567"),
        person(**of(world, "lan"), email="lan@example.vn"),
        person(**of(world, "binh")),
    )

    assert [step.changes for step in plan.changed] == [
        (Change(Column.NAME, "Nguyễn Văn An", "Nguyễn Văn Ân"),),
        (Change(Column.EMAIL, world.lan.email or "", "lan@example.vn"),),
    ]
    assert plan.unchanged == 1
    assert [absent.name for absent in plan.absent] == ["Phạm Hương Giang"]


def test_without_card_number_name_and_date_of_birth_tell_within_the_cell(world: World) -> None:
    world.an.born_on, world.an.card_number = date(1970, 1, 2), None

    plan = plan_of(
        world,
        person("nguyễn văn an", "02/01/1970", "000000000001"),
        person("Nguyễn Văn An", "02/01/1970", "000000000002", INSPECTION),
    )

    assert [(c.column, c.after) for c in plan.changed[0].changes] == [
        (Column.NAME, "nguyễn văn an"),
        (Column.CARD, "000000000001"),
    ]
    assert [step.place.name for step in plan.new] == [INSPECTION]


def test_two_people_of_the_same_name_are_kept_apart(world: World) -> None:
    plan = plan_of(
        world,
        person("Nguyễn Thị Hạnh", "04/04/1989", "000018311369"),
        person("Nguyễn Thị Hạnh", "10/05/1982", "000040589665"),
        person("Nguyễn Thị Hạnh", "10/05/1982", "000040589666"),
        person("Nguyễn Thị Hạnh", "10/05/1982", ""),
    )

    assert len(plan.new) == 3
    assert faults_of(plan) == [(FIRST + 3, "name", comparing.TWICE_PERSON)]


def test_the_same_number_or_address_twice_is_said_with_its_row(world: World) -> None:
    plan = plan_of(
        world,
        person("Một", card="000000000001", email="a@b.vn"),
        person("Hai", card="000000000001"),
        person("Ba", card="000000000003", email="A@b.vn"),
        person("Bốn", card="000000000004", email=world.em.email),
    )

    assert faults_of(plan) == [
        (FIRST + 1, "card", comparing.TWICE_CARD),
        (FIRST + 2, "email", comparing.TWICE_EMAIL),
        (FIRST + 3, "email", comparing.EMAIL_TAKEN),
    ]
    assert plan.faults[0].why.values == {"row": FIRST}


def test_every_fault_of_a_row_is_told_with_column_value_and_what_to_do(world: World) -> None:
    plan = plan_of(
        world, person("", "31/02/1975", "12", "", official="hôm qua", status="Miễn sinh hoạt")
    )

    assert faults_of(plan) == [
        (FIRST, "name", values.NO_NAME),
        (FIRST, "born", values.NO_SUCH_DAY),
        (FIRST, "card", values.NOT_A_CARD),
        (FIRST, "official", values.NOT_A_DAY),
        (FIRST, "cell", lines.NO_CELL),
        (FIRST, "status_on", lines.NEEDS_DAY),
    ]
    assert (plan.wrong_rows, plan.rows, plan.size) == (1, 1, 0)


def test_lost_zeros_wait_for_a_choice(world: World) -> None:
    row = person(card=12345678)

    assert faults_of(plan_of(world, row)) == [(FIRST, "card", values.ZEROS_LOST)]
    assert plan_of(world, row, zeros=Zeros.PAD).new[0].line.card == "000012345678"
    assert plan_of(world, row, zeros=Zeros.KEEP).new[0].line.card == "12345678"


def test_missing_cells_are_founded_only_when_chosen(world: World) -> None:
    rows = person(card="000000000001", cell="Chi bộ Một"), person(cell="CHI BO  HAI")

    everything = plan_of(world, *rows)
    one = plan_of(world, *rows, founds=frozenset({"chi bo mot"}))
    into_a_cell = plan_of(world, *rows, unit=world.cell)

    assert [(cell.name, cell.rows) for cell in everything.founded] == [
        ("Chi bộ Một", 1), ("CHI BO HAI", 1),
    ]  # fmt: skip
    assert everything.size == 4
    assert [cell.name for cell in one.founded] == ["Chi bộ Một"]
    assert faults_of(one) == [(FIRST + 1, "cell", comparing.NO_SUCH_CELL)]
    assert into_a_cell.size == 0


def test_a_cell_is_found_by_its_name_without_marks_and_capitals(world: World) -> None:
    assert plan_of(world, person(cell="CHI BO VAN PHONG")).new[0].place.id == world.cell.id


def test_nobody_is_transferred_or_taken_from_outside(world: World) -> None:
    moved = person(**of(world, "hoa"))

    from_above = plan_of(world, moved)
    from_the_cell = plan_of(world, moved, unit=world.cell)

    assert faults_of(from_above) == [(FIRST, "cell", comparing.OTHER_CELL)]
    assert faults_of(from_the_cell) == [(FIRST, "card", comparing.ELSEWHERE)]
    assert world.hoa.full_name not in str(from_the_cell.faults[0].why)


def test_a_card_number_of_somebody_quite_different_changes_nobody(world: World) -> None:
    world.an.born_on = date(1970, 1, 2)

    plan = plan_of(world, person("Người Khác", "05/09/1980", world.an.card_number))

    assert faults_of(plan) == [(FIRST, "card", comparing.OTHER_PERSON)]


def test_recognition_is_a_change_and_never_before_the_probation(world: World) -> None:
    new = world.person("Hồ Thị Dự", world.cell, standing=Standing.PROBATIONARY)
    world.db.flush()
    row: dict[str, Any] = {"name": new.full_name, "card": new.card_number, "born": ""}

    recognised = plan_of(world, person(**row, official="01/03/2021"))
    too_early = plan_of(world, person(**row, official="01/03/2019"))
    vague = plan_of(world, person(**row, official="2021"))
    not_yet = plan_of(world, person(**row, official=""))

    assert [change.column for change in recognised.changed[0].changes] == [Column.OFFICIAL]
    assert faults_of(too_early) == [(FIRST, "official", differences.PROBATION_LATER)]
    assert faults_of(vague) == [(FIRST, "official", differences.WHOLE_DAY)]
    assert not_yet.unchanged == 1


def test_posts_are_taken_up_but_nobody_is_put_out_of_one(world: World) -> None:
    plan = plan_of(
        world,
        person(**of(world, "an"), post="Bí thư chi bộ"),
        person(**of(world, "binh"), post="Bí thư chi bộ"),
        person(**of(world, "lan"), post="Chi ủy viên, Đảng ủy viên"),
    )

    assert faults_of(plan) == [
        (FIRST, "post", differences.HAS_SECRETARY),
        (FIRST + 1, "post", differences.TWO_SECRETARIES),
    ]
    assert plan.faults[0].why.values == {"name": "Lê Quang Bình"}
    assert [step.posts for step in plan.changed] == [("committee_member",)]
    assert plan.other_posts == {"Đảng ủy viên": 1}


def test_a_member_who_has_left_by_the_list_is_no_change(world: World) -> None:
    plan = plan_of(world, person(**of(world, "an"), status="Đã từ trần"))

    assert faults_of(plan) == [(FIRST, "status", values.HAS_LEFT)]
    assert world.an.full_name not in {absent.name for absent in plan.absent}


def test_an_exemption_that_is_there_is_no_change_but_a_suspension_stands_in_its_way(
    world: World,
) -> None:
    exempt = {"status": "Miễn sinh hoạt", "status_on": "1/3/2021"}
    for who, kind in ((world.an, ExemptionKind.EXEMPT), (world.lan, ExemptionKind.SUSPENDED)):
        org.exempt(
            world.db, who, since=date(2021, 3, 1), reason="x", basis="01-QĐ/ĐU", kind=kind,
            by=None, now=NOW,
        )  # fmt: skip

    plan = plan_of(world, person(**of(world, "an"), **exempt), person(**of(world, "lan"), **exempt))
    active = plan_of(world, person(**of(world, "an")), person(**of(world, "lan")))

    assert plan.unchanged == 1
    assert faults_of(plan) == [(FIRST + 1, "status_on", differences.EXEMPT_BEFORE)]
    assert active.still_exempt == 1
