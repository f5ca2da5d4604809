"""Who would be summoned on the stated day."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from studyhub.org.models import Exemption, Membership, Standing
from studyhub.rounds.roster import choices, preview, roster
from tests.world import LONG_AGO, TODAY, World

LAST_YEAR = date(2025, 6, 1)


def test_the_members_of_the_day_and_no_others(db: Session, world: World) -> None:
    gone = world.person("Đinh Văn Khoa", None)
    db.add(
        Membership(
            user=gone,
            cell=world.cell,
            standing=Standing.OFFICIAL,
            since=LONG_AGO,
            until=TODAY - timedelta(days=1),
        )
    )
    db.flush()

    today = {member.user_id for member in roster(db, ["1/1/"], TODAY)}
    before = {member.user_id for member in roster(db, ["1/1/"], LAST_YEAR)}

    assert today == {world.an.id, world.lan.id, world.binh.id, world.giang.id}
    assert before == today | {gone.id}


def test_who_moves_on_the_day_stands_on_the_list_once(db: Session, world: World) -> None:
    moving = world.person("Đinh Văn Khoa", None)
    rows = [(world.cell, LONG_AGO, TODAY), (world.other_cell, TODAY, None)]
    for cell, since, until in rows:
        db.add(
            Membership(user=moving, cell=cell, standing=Standing.OFFICIAL, since=since, until=until)
        )
    db.flush()

    found = [member for member in roster(db, ["1/"], TODAY) if member.user_id == moving.id]

    assert [member.cell_id for member in found] == [world.other_cell.id]


def test_an_exemption_counts_only_on_its_days(db: Session, world: World) -> None:
    db.add(Exemption(user=world.an, reason="tuổi cao", since=LONG_AGO, until=TODAY))
    db.add(Exemption(user=world.lan, reason="sức khỏe", since=TODAY + timedelta(days=1)))
    db.flush()

    exempt = {m.user_id: m.exemption for m in roster(db, ["1/"], TODAY) if m.exemption}

    assert exempt == {world.an.id: "tuổi cao"}


def test_no_audience_is_nobody(db: Session, world: World) -> None:
    assert roster(db, [], TODAY) == ()


def test_the_preview_says_how_many_of_which_cell(db: Session, world: World) -> None:
    db.add(Exemption(user=world.an, reason="tuổi cao", since=LONG_AGO))
    round_ = world.round(is_open=False)

    shown = preview(db, round_)

    assert [(cell.name, cell.summoned, cell.exempt) for cell in shown.cells] == [
        ("Chi bộ Văn phòng", 3, 1),
        ("Chi bộ Thanh tra", 2, 0),
    ]
    assert (shown.summoned, shown.exempt) == (5, 1)


def test_a_choice_of_units_tells_the_members_below(db: Session, world: World) -> None:
    found = [(choice.unit.path, choice.members) for choice in choices(db, ["1/"], TODAY)]

    assert found == [("1/", 6), ("1/1/", 4), ("1/2/", 2)]
