"""Finding people and units: by words without marks, by number, within what one may see."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.accounts.models import NameTurn
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import turns
from studyhub.org import finding, queries, service, ways
from studyhub.org.models import Membership, Standing
from tests.world import NOW, TODAY, World

NEXT_MONTH = TODAY + timedelta(days=30)


def anybody(day: date = TODAY) -> ways.Reader:
    return ways.Reader(user_id=new_uuid(), day=day, visible=true(), place=true())


def reader(actor: Actor) -> ways.Reader:
    return ways.Reader(
        user_id=actor.user_id,
        day=TODAY,
        visible=scope.visible_members(actor),
        place=scope.registered_units(actor),
    )


def names(found: finding.Found) -> list[str]:
    return [row.full_name for row in found.members]


def shown(found: finding.Found) -> list[UUID]:
    """Under which memberships."""
    return [row.id for row in found.members]


@pytest.fixture(params=["bearers", "both", "members", "register", "sorted"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the ways to look, whatever there is more of."""
    chosen = str(request.param)
    monkeypatch.setattr(ways, "FEW", 100 if chosen == "bearers" else 0)
    monkeypatch.setattr(ways, "ENOUGH", 100 if chosen == "sorted" else 0)
    monkeypatch.setattr(ways, "MANY", 0 if chosen == "members" else 100)
    monkeypatch.setattr(ways, "SOME_CELLS", 100 if chosen == "both" else -1)
    monkeypatch.setattr(ways, "FEW_CELLS", 100 if chosen == "members" else -1)
    return chosen


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("do kim", ["Đỗ Kim Chi"]),
        ("Đỗ", ["Đỗ Kim Chi"]),
        ("thi", ["Vũ Thị Hoa", "Trần Thị Lan"]),
        ("thi la", ["Trần Thị Lan"]),
        ("LAN tran", ["Trần Thị Lan"]),
        ("lan lan", ["Trần Thị Lan"]),
        ("oa", []),
        ("100%", []),
        ("_", []),
        ("   ", []),
        ("lan chi", []),
    ],
)
def test_a_name_is_found_without_accents(
    db: Session, world: World, words: str, found: list[str]
) -> None:
    db.flush()

    assert names(finding.search(db, words, by=anybody())) == found


@pytest.mark.usefixtures("way")
def test_those_come_first_whose_given_name_begins_so(db: Session, world: World) -> None:
    for name in ("Hoàng Văn Anh", "Hồ Thị Ánh", "Lê Hoài Ân", "Trần Hoa An", "Hoa Thị Hoan"):
        world.person(name, world.cell)
    db.flush()

    assert names(finding.search(db, "hoa", by=anybody())) == [
        "Vũ Thị Hoa", "Hoa Thị Hoan", "Trần Hoa An", "Hoàng Văn Anh", "Lê Hoài Ân",
    ]  # fmt: skip


@pytest.mark.usefixtures("way")
def test_given_names_stand_in_the_order_of_the_alphabet(db: Session, world: World) -> None:
    for name in ("Lê Ân", "Lê Ánh", "Lê Ăn", "Lê Anh"):
        world.person(name, world.cell)
    db.flush()

    assert names(finding.search(db, "an", by=anybody())) == [
        "Nguyễn Văn An", "Lê Anh", "Lê Ánh", "Lê Ăn", "Lê Ân",
    ]  # fmt: skip


@pytest.mark.usefixtures("way")
def test_namesakes_stand_in_the_order_of_their_birth(db: Session, world: World) -> None:
    years = (1985, 1962, 1991, 1978, 1955, 1969)
    for year in years:
        one = world.person("Lê Thị Vân", world.cell)
        one.born_on, one.email, one.card_number = date(year, 5, 19), None, f"{year:012}"
    db.flush()

    found = finding.search(db, "van le", by=anybody()).members

    assert [row.born_on.year for row in found if row.born_on] == sorted(years)


@pytest.mark.usefixtures("way")
def test_a_card_number_is_found_by_its_beginning(db: Session, world: World) -> None:
    number = world.an.card_number or ""

    found = finding.search(db, f"{number[:4]} {number[4:8]}", by=anybody())

    assert world.an.id in [row.user_id for row in found.members]
    assert all((row.card_number or "").startswith(number[:8]) for row in found.members)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("number", ["000000012345", "00012345"])
def test_a_card_number_is_found_without_its_leading_zeros(
    db: Session, world: World, number: str
) -> None:
    world.lan.card_number, world.hoa.card_number = number, "123456789012"
    db.flush()

    assert names(finding.search(db, "12345", by=anybody())) == ["Vũ Thị Hoa", "Trần Thị Lan"]
    assert names(finding.search(db, "12 346", by=anybody())) == []


@pytest.mark.usefixtures("way")
def test_a_search_finds_only_whom_one_may_see(db: Session, world: World) -> None:
    secretary, member = world.actor(world.binh), world.actor(world.an)

    assert names(finding.search(db, "thi", by=reader(secretary))) == ["Trần Thị Lan"]
    assert names(finding.search(db, "van", by=reader(member))) == ["Nguyễn Văn An"]
    assert names(finding.search(db, "lan", by=reader(member))) == []


@pytest.mark.usefixtures("way")
def test_a_search_says_how_many_more_there_are(
    db: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_COUNTED", 3)
    found = finding.search(db, "thi", by=anybody(), limit=1)
    assert (len(found.members), found.more, found.is_cut) == (1, 1, False)

    for number in range(5):
        world.person(f"Mai Thị {number:b}", world.cell)
    db.flush()
    found = finding.search(db, "thi", by=anybody(), limit=1)

    assert (len(found.members), found.more, found.is_cut) == (1, 3, True)


def test_somebody_with_two_stretches_is_found_once(db: Session, world: World) -> None:
    new = world.person("Mai Văn Mới", world.cell, standing=Standing.PROBATIONARY)
    db.flush()
    probation = queries.latest_membership(db, new.id)
    assert probation
    official = service.recognise_official(db, probation, on=TODAY, by=None, now=NOW)

    assert shown(finding.search(db, "moi", by=anybody())) == [official.id]


@pytest.mark.usefixtures("way")
def test_a_transfer_to_come_is_not_shown_before_its_day(db: Session, world: World) -> None:
    here = db.scalars(select(Membership).where(Membership.user_id == world.lan.id)).one()
    there = service.transfer(db, here, world.other_cell, on=NEXT_MONTH, by=None, now=NOW)

    assert there.begun
    assert shown(finding.search(db, "lan", by=anybody())) == [here.id]
    assert shown(finding.search(db, "lan", by=anybody(NEXT_MONTH))) == [there.begun.id]


@pytest.mark.usefixtures("way")
def test_whoever_is_yet_to_come_and_whoever_has_left_are_found(db: Session, world: World) -> None:
    new = world.person("Mai Văn Mới", None)
    db.flush()
    service.admit(
        db, new, world.cell, standing=Standing.OFFICIAL, since=NEXT_MONTH, by=None, now=NOW
    )
    left = queries.latest_membership(db, world.hoa.id)
    assert left
    service.end_membership(db, left, until=TODAY - timedelta(days=9), by=None, now=NOW)

    assert names(finding.search(db, "moi", by=anybody())) == ["Mai Văn Mới"]
    assert names(finding.search(db, "hoa", by=anybody())) == ["Vũ Thị Hoa"]


def test_a_name_that_is_corrected_is_found_anew(db: Session, world: World) -> None:
    db.flush()
    world.lan.full_name = "Trần Thị Bích Liên"
    db.flush()

    assert names(finding.search(db, "lan", by=anybody())) == []
    assert names(finding.search(db, "bich tran", by=anybody())) == ["Trần Thị Bích Liên"]
    rows = select(NameTurn.turn).where(NameTurn.user_id == world.lan.id).order_by(NameTurn.place)
    assert db.scalars(rows).all() == turns("tran thi bich lien")
