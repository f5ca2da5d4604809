"""As it was then, as it is now, and a line between the two that always adds up."""

import pytest
from sqlalchemy.orm import Session

from studyhub.completion.then_and_now import bridgings
from studyhub.org.succession import Act
from tests.completion.town import THEN, Town, merged, split, split_without
from tests.statements import counted
from tests.world import TODAY, World


@pytest.fixture
def place(world: World) -> Town:
    return Town(world)


def test_where_nothing_has_changed_there_is_nothing_to_bridge(db: Session, place: Town) -> None:
    with counted(db) as statements:
        assert bridgings(db, [place.round], today=TODAY) == {}

    assert len(statements) == 1


def test_a_merged_cell_14_and_7_make_21(place: Town) -> None:
    merged(place)

    assert place.line(place.a) == ("Chi bộ A 14 + Chi bộ B 7 - 0 = 21", "5 + 3 - 0 = 8")
    assert place.now(place.world.district) == {"Đảng bộ Sở Mẫu": (21, 8), "Chi bộ A": (21, 8)}
    assert place.then(place.world.district) == THEN
    assert place.now(place.b) == {}


def test_two_cells_consolidated_under_a_new_name(place: Town) -> None:
    new = place.office.found(place.world.district, "Chi bộ Mới")
    place.office.merge(place.office.act(Act.CONSOLIDATE), [place.a, place.b], new)

    assert place.line(new) == ("Chi bộ A 14 + Chi bộ B 7 - 0 = 21", "5 + 3 - 0 = 8")
    assert place.then(new) == {}
    assert place.now(new) == {"Chi bộ Mới": (21, 8)}


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_split_cell_each_goes_where_they_went(
    place: Town,
    goes_on: bool,  # noqa: FBT001
) -> None:
    one, two = split(place, goes_on=goes_on)

    assert place.line(one) == ("Chi bộ A 14 - 4 = 10", "5 - 0 = 5")
    assert place.line(two) == ("Chi bộ A 14 - 10 = 4", "5 - 5 = 0")
    assert place.now(place.world.district) == {
        "Đảng bộ Sở Mẫu": (21, 8), "Chi bộ Một": (10, 5), two.name: (4, 0), "Chi bộ B": (7, 3),
    }  # fmt: skip
    assert place.then(place.world.district) == THEN


def test_two_acts_in_a_row_merged_then_split(place: Town) -> None:
    merged(place)
    one, two = split(place)

    assert place.line(one) == ("Chi bộ A 14 + Chi bộ B 7 - 4 = 17", "5 + 3 - 0 = 8")
    assert place.line(two) == ("Chi bộ A 14 - 10 = 4", "5 - 5 = 0")


def test_two_acts_in_a_row_split_then_merged(place: Town) -> None:
    _one, two = split(place)
    place.office.merge(place.office.act(), [two], place.b)

    assert place.line(place.b) == ("Chi bộ B 7 + Chi bộ A 14 - 10 = 11", "3 + 5 - 5 = 3")


def test_three_merges_in_a_row(place: Town) -> None:
    merged(place)
    place.office.merge(place.office.act(), [place.a], place.world.cell)
    last = place.office.found(place.world.district, "Chi bộ Cuối")
    place.office.merge(place.office.act(Act.CONSOLIDATE), [place.world.cell], last)

    assert place.line(last)[0] == "Chi bộ A 14 + Chi bộ B 7 - 0 = 21"


def test_who_went_alone_stays_with_the_cell(place: Town) -> None:
    gone = place.of_a[0]
    place.office.own_transfer(gone, place.b)
    one, _two = split_without(place, gone)

    assert place.line(one)[0] == "Chi bộ A 14 - 4 = 10"
    assert place.line(place.b)[0] == "Chi bộ B 7 - 0 = 7"


def test_who_goes_alone_afterwards_does_not_take_the_result_along(place: Town) -> None:
    merged(place)
    place.office.own_transfer(place.of_b[0], place.world.cell)

    assert place.line(place.a)[0] == "Chi bộ A 14 + Chi bộ B 7 - 0 = 21"


def test_a_dissolved_cell_goes_where_its_people_went(place: Town) -> None:
    act = place.office.act(Act.DISSOLVE)
    place.office.send(act, dict.fromkeys(place.of_b[:2], place.a))
    place.office.send(act, dict.fromkeys(place.of_b[2:], place.world.cell))
    place.office.end(place.b)

    assert place.line(place.a) == ("Chi bộ A 14 + Chi bộ B 7 - 5 = 16", "5 + 3 - 1 = 7")
    assert place.line(place.world.cell)[0] == "Chi bộ B 7 - 2 = 5"


def test_what_cannot_be_attributed_is_counted_above_and_said(place: Town) -> None:
    act = place.office.act(Act.DISSOLVE)
    place.office.send(act, dict.fromkeys(place.of_b[:2], place.a))
    place.office.end(place.b)

    reading = place.read()
    district = place.world.district
    [lost] = reading.lost_in(district)

    table = reading.now(district)
    assert table is not None
    assert (table.whole.required, sum(row.required for row in table.below)) == (21, 16)
    assert (lost.name, lost.required, lost.done) == ("Chi bộ B", 5, 1)
    assert place.line(district)[0] == "Đảng bộ Sở Mẫu 21 - 0 = 21"
    assert place.line(place.a)[0] == "Chi bộ A 14 + Chi bộ B 7 - 5 = 16"
