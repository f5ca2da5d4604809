"""A branch was moved after a round had opened: the round's tree and today's are joined by ids."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studyhub.completion import service as completion
from studyhub.completion.models import Tally
from studyhub.completion.places import path_in_round, units_at
from studyhub.completion.queries import tallies_below, tallies_of_year
from studyhub.essays.lifecycle import State
from studyhub.org.models import Unit, UnitKind
from studyhub.org.succession import Act
from studyhub.reconciliation.service import differences
from studyhub.rounds import service as rounds
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study import calling
from studyhub.study.rolls import roll, roll_by_cell
from tests.completion.acts import Office, children_add_up, rows
from tests.world import NOW, World


class Moved:
    """Section one with two cells, of which one was summoned; then it stands below section two."""

    def __init__(self, world: World) -> None:
        self.world, self.office = world, Office(world)
        self.one = self.office.found(world.district, "Bộ phận Một", UnitKind.SECTION)
        self.two = self.office.found(world.district, "Bộ phận Hai", UnitKind.SECTION)
        self.cell = self.office.found(self.one, "Chi bộ Ba")
        self.people = self.office.crowd(self.cell, 3)
        self.round = world.round(summoned=[*self.people, world.an])
        self.before = {unit.id: unit.path for unit in (self.one, self.two, self.cell)}
        self.office.move(self.office.act(Act.MOVE), self.one, self.two)

    def late(self, cell: Unit) -> Summons:
        [newcomer] = self.office.crowd(cell, 1)
        by = self.world.actor(self.world.dung)
        return calling.summon_late(
            self.world.db, self.round, newcomer, reason="mới về", by=by, now=NOW
        )


@pytest.fixture
def moved(world: World) -> Moved:
    return Moved(world)


def sound(db: Session, round_: StudyRound) -> bool:
    return differences(db, round_) == [] and children_add_up(db, round_)


def test_marks_are_counted_where_the_round_has_the_cell(db: Session, moved: Moved) -> None:
    moved.world.essay(moved.people[0], round_=moved.round, state=State.SUBMITTED)

    waiting = {path: row[9] for path, row in rows(db, moved.round).items()}
    assert waiting[moved.before[moved.one.id]] == waiting["1/"] == 1
    assert sound(db, moved.round)


def test_who_is_summoned_late_is_counted_with_the_cell(db: Session, moved: Moved) -> None:
    summons = moved.late(moved.cell)

    assert summons.cell_path == moved.before[moved.cell.id] != moved.cell.path
    assert rows(db, moved.round)[summons.cell_path][4] == 4
    assert sound(db, moved.round)


def test_a_cell_without_figures_stands_below_the_nearest_unit_that_has_some(
    db: Session, moved: Moved
) -> None:
    founded = moved.office.found(moved.one, "Chi bộ Mới")

    summons = moved.late(founded)

    at = rows(db, moved.round)[summons.cell_path]
    assert summons.cell_path == f"{moved.before[moved.one.id]}2/"
    assert (at[0], at[1], at[2]) == (founded.id, moved.before[moved.one.id], "Chi bộ Mới")
    assert sound(db, moved.round)


def test_tallies_open_on_the_whole_way_down(db: Session, moved: Moved) -> None:
    inner = moved.office.found(moved.one, "Bộ phận Trong", UnitKind.SECTION)
    deep = moved.office.found(inner, "Chi bộ Sâu")

    summons = moved.late(deep)

    assert summons.cell_path == f"{moved.before[moved.one.id]}2/1/"
    assert rows(db, moved.round)[f"{moved.before[moved.one.id]}2/"][0] == inner.id
    assert sound(db, moved.round)


def test_a_unit_never_moved_stands_at_its_own_place(db: Session, moved: Moved) -> None:
    assert path_in_round(db, moved.round.id, moved.world.cell) == "1/1/"
    assert path_in_round(db, moved.round.id, moved.two) == moved.two.path
    assert units_at(db, moved.round, ["1/1/", moved.two.path, "7/"]) == {moved.two.path: moved.two}


def test_the_round_of_a_unit_that_was_moved_itself_goes_on(db: Session, world: World) -> None:
    office = Office(world)
    one = office.found(world.district, "Bộ phận Một", UnitKind.SECTION)
    two = office.found(world.district, "Bộ phận Hai", UnitKind.SECTION)
    cell = office.found(one, "Chi bộ Ba")
    round_ = world.round(summoned=office.crowd(cell, 2))
    round_.unit = one
    db.execute(delete(Tally).where(Tally.unit_id == world.district.id))
    office.move(office.act(Act.MOVE), one, two)
    [newcomer] = office.crowd(office.found(one, "Chi bộ Mới"), 1)

    by = world.actor(world.dung)
    summons = calling.summon_late(db, round_, newcomer, reason="mới về", by=by, now=NOW)

    assert summons.cell_path == "1/3/2/"
    assert sorted(rows(db, round_)) == ["1/3/", "1/3/1/", "1/3/2/"]
    assert rows(db, round_)["1/3/"][4] == 3


@pytest.mark.parametrize("ended", [False, True])
def test_the_figures_of_the_round_are_found_by_the_unit_whatever_its_path(
    db: Session,
    moved: Moved,
    ended: bool,  # noqa: FBT001
) -> None:
    if ended:
        rounds.close(db, moved.round, by=moved.world.actor(moved.world.dung), now=NOW)
    before = rows(db, moved.round)

    tally = db.scalars(
        select(Tally).where(Tally.round_id == moved.round.id, Tally.unit_id == moved.one.id)
    ).one()
    year = tallies_of_year(db, [moved.round.id], moved.one.id)

    assert [one.name for one in tallies_below(db, moved.round.id, tally.path)] == ["Chi bộ Ba"]
    assert [one.name for one in year] == ["Bộ phận Một", "Chi bộ Ba"]
    assert tallies_of_year(db, [moved.round.id], moved.two.id) == []
    assert rows(db, moved.round) == before


def test_in_two_rounds_a_unit_has_below_it_what_each_round_had_there(
    db: Session, moved: Moved
) -> None:
    later = moved.world.round(summoned=moved.people)

    year = tallies_of_year(db, [moved.round.id, later.id], moved.world.district.id)

    assert {(one.round_id, one.name) for one in year if one.parent_path} == {
        (moved.round.id, "Chi bộ Văn phòng"),
        (moved.round.id, "Bộ phận Một"),
        (later.id, "Bộ phận Hai"),
    }


def test_the_roll_is_found_by_those_who_follow_the_cell_today(db: Session, moved: Moved) -> None:
    session = moved.world.session(moved.round)
    gone = moved.before[moved.one.id]

    assert len(roll(db, session, moved.cell).lines) == 3
    assert len(roll(db, session, moved.two).lines) == 3
    assert [cell.name for cell in roll_by_cell(db, session, [moved.two.path])] == ["Chi bộ Ba"]
    assert roll_by_cell(db, session, [gone]) == []


def test_marks_of_many_at_once_move_the_round_s_own_units(db: Session, moved: Moved) -> None:
    everybody = [person.id for person in moved.people]

    completion.mark_many(db, moved.round.id, everybody, now=NOW, read=True)

    read = {path: row[7] for path, row in rows(db, moved.round).items()}
    assert read[moved.before[moved.cell.id]] == read[moved.before[moved.one.id]] == 3
    assert children_add_up(db, moved.round)
