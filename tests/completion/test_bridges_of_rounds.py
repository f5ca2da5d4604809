"""Moved branches, carried and finished rounds: read then and now, the bridge adds up."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from studyhub.completion import queries
from studyhub.completion.carrying import carry, carry_branch
from studyhub.completion.then_and_now import bridgings
from studyhub.org.succession import Act
from studyhub.rounds import service as rounds
from tests.completion.acts import rows
from tests.completion.town import (
    THEN,
    Town,
    figures,
    merged,
    now_of,
    sections,
    split,
)
from tests.statements import counted
from tests.world import NOW, TODAY, World


@pytest.fixture
def place(world: World) -> Town:
    return Town(world)


def test_a_moved_cell_is_read_below_its_new_parent(place: Town) -> None:
    one, two, cell = sections(place)
    place.office.move(place.office.act(Act.MOVE), cell, two)

    assert place.line(two) == ("Bộ phận Hai 2 + Chi bộ C 5 - 0 = 7", "0 + 1 - 0 = 1")
    assert place.now(one) == {}
    assert place.now(two) == {"Bộ phận Hai": (7, 1), "Chi bộ C": (5, 1), "Chi bộ D": (2, 0)}
    assert place.then(one) == {"Bộ phận Một": (5, 1), "Chi bộ C": (5, 1)}
    assert place.line(place.world.district)[0] == "Đảng bộ Sở Mẫu 21 - 0 = 21"


def test_a_section_that_went_over_as_a_whole_is_told_as_a_whole(place: Town) -> None:
    one, two, _cell = sections(place)
    place.office.move(place.office.act(Act.MOVE), one, two)

    assert place.line(two)[0] == "Bộ phận Hai 2 + Bộ phận Một 5 - 0 = 7"
    assert place.now(two)["Bộ phận Một"] == (5, 1)


def test_a_merged_section_gives_its_cells_and_ends(place: Town) -> None:
    one, two, cell = sections(place)
    act = place.office.act()
    place.office.move(act, cell, two)
    place.office.end(one)
    place.office.succeed(act, one, two)

    assert place.line(two)[0] == "Bộ phận Hai 2 + Bộ phận Một 5 - 0 = 7"


def test_a_renamed_cell_is_read_under_either_name(place: Town) -> None:
    place.office.rename(place.office.act(Act.RENAME), place.a, "Chi bộ Anh")
    reading = place.read()

    then, now = reading.then(place.world.district), reading.now(place.world.district)

    assert figures(then) == THEN
    assert figures(now)["Chi bộ Anh"] == (14, 5)
    assert then is not None
    assert now is not None
    assert then.says() != now.says()
    assert place.line(place.a)[0] == "Chi bộ A 14 - 0 = 14"


Act_ = Callable[[Town], object]


@pytest.mark.parametrize("act", [merged, split])
@pytest.mark.parametrize("state", ["closed", "open", "carried"])
def test_finished_and_open_rounds_read_alike_carried_or_not(
    db: Session, place: Town, act: Act_, state: str
) -> None:
    before = place.office.members(place.a), place.office.members(place.b)
    act(place)
    if state == "closed":
        rounds.close(db, place.round, by=place.world.actor(place.world.dung), now=NOW)
    untouched = rows(db, place.round)
    if state == "carried":
        going = {person.id: now_of(db, person) for cell in before for person in cell}
        carry(db, place.round, going, reorganization_id=place.office.act().id, now=NOW)

    told = place.then(place.world.district), place.now(place.world.district)

    assert told[0] == THEN
    assert sum(required for required, _ in told[1].values()) == 42
    assert ("Chi bộ B" in told[1]) is (act is split)
    assert (rows(db, place.round) == untouched) is (state != "carried")


def test_a_branch_carried_over_is_still_read_as_it_was(db: Session, place: Town) -> None:
    one, two, cell = sections(place)
    act = place.office.act(Act.MOVE)
    place.office.move(act, cell, two)
    place.office.rename(act, cell, "Chi bộ Chung")
    carry_branch(db, place.round, cell, reorganization_id=act.id, now=NOW)

    assert place.then(one) == {"Bộ phận Một": (5, 1), "Chi bộ C": (5, 1)}
    assert place.then(two) == {"Bộ phận Hai": (2, 0), "Chi bộ D": (2, 0)}
    assert place.now(two)["Chi bộ Chung"] == (5, 1)
    assert place.line(two)[0] == "Bộ phận Hai 2 + Chi bộ C 5 - 0 = 7"


def test_the_people_of_a_cell_then_and_now(db: Session, place: Town) -> None:
    one, two = split(place)
    reading = place.read()

    now = [
        progress.summons.user_id
        for progress in queries.summoned_in(db, place.round.id, reading.cells_into(two))
        if reading.counted_today_in(progress) == two.id
    ]

    assert set(now) == {person.id for person in place.of_a[10:]}
    assert reading.cells_into(one) == {place.a.id}


def test_a_round_summoned_after_the_act_has_nothing_to_bridge(db: Session, place: Town) -> None:
    split(place, goes_on=True)
    later = place.world.round(summoned=place.of_b)

    assert bridgings(db, [later], today=TODAY) == {}


@pytest.mark.parametrize("times", [1, 3])
def test_several_rounds_take_the_same_few_queries(db: Session, place: Town, times: int) -> None:
    everybody = [*place.of_a, *place.of_b]
    several = [place.round, *(place.summon(everybody) for _ in range(times))]
    split(place)
    db.expire_all()
    several = [db.merge(one) for one in several]
    assert [one.unit.path for one in several]

    with counted(db) as statements:
        found = bridgings(db, several, today=TODAY)

    assert len(found) == times + 1
    assert len(statements) <= 7, "\n".join(statements)
