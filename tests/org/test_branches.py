"""The tree: what is open of it, what it counts, and how it was on another day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import new_uuid
from studyhub.org import branches, places, queries, service
from studyhub.org.branches import Branch
from studyhub.org.models import Unit, UnitKind
from studyhub.org.succession import Act, FormerPlace, Reorganization, Stage
from studyhub.org.tree import order
from tests.statements import counted
from tests.world import LONG_AGO, NOW, TODAY, World

YEAR_END = date(2025, 12, 31)
NEW_YEAR = date(2026, 1, 1)


def tree(
    db: Session,
    day: date = TODAY,
    *,
    by: World | None = None,
    person: User | None = None,
    top: Unit | None = None,
    whole: bool = False,
) -> list[Branch]:
    """The tree as `person` sees it, or as whoever sees everything."""
    visible: ColumnElement[bool] = true()
    may_count: ColumnElement[bool] = true()
    if by and person:
        actor = by.actor(person)
        visible, may_count = scope.visible_units(actor), scope.registered_units(actor)
    db.flush()
    return branches.tree_on(
        db, day, visible=visible, counted=may_count, top=top.id if top else None, whole=whole
    )


def told(found: list[Branch]) -> list[object]:
    """Names and figures, each with what is below."""
    return [
        (branch.place.name, branch.members, told(branch.below)) if branch.below
        else (branch.place.name, branch.members)
        for branch in found
    ]  # fmt: skip


def former(db: Session, unit: Unit, until: date, path: str, name: str) -> None:
    """The unit stood there and was called so until that day."""
    act = Reorganization(
        id=new_uuid(), act=Act.MOVE, stage=Stage.DONE, day=until, planned_at=NOW, plan={}, before={}
    )
    db.add(act)
    db.flush()
    db.add(
        FormerPlace(unit_id=unit.id, reorganization_id=act.id, until=until, path=path, name=name)
    )


def below(world: World, number: int) -> Unit:
    """One more unit right below the district."""
    unit = Unit(
        path=f"1/{number}/", kind=UnitKind.PARTY_ORG, name=f"Đảng bộ số {number}",
        parent=world.district, since=LONG_AGO,
    )  # fmt: skip
    world.db.add(unit)
    return unit


def test_figures_add_up_the_tree(db: Session, world: World) -> None:
    [root] = tree(db)

    assert told([root]) == [
        ("Đảng bộ Sở Mẫu", 6, [("Chi bộ Văn phòng", 4), ("Chi bộ Thanh tra", 2)])
    ]
    assert (root.cells, root.below[0].secretary) == (2, world.binh)


def test_a_secretary_sees_the_cell_and_only_the_name_of_what_is_above(
    db: Session, world: World
) -> None:
    [root] = tree(db, by=world, person=world.binh)

    assert (root.place.is_visible, root.place.is_counted) == (True, False)  # the own organization
    assert [branch.place.name for branch in root.below] == ["Chi bộ Văn phòng"]
    assert root.below[0].place.is_counted


def test_an_officer_of_a_branch_sees_it_and_nothing_beside_it(db: Session, world: World) -> None:
    branch = below(world, 3)
    officer = world.person("Mạc Hải Nam", None)
    db.flush()
    service.appoint(
        db, officer, branch, Post.OFFICER, since=LONG_AGO, by=None, now=NOW
    )  # fmt: skip

    [root] = tree(db, by=world, person=officer)

    assert (root.place.is_visible, root.members) == (False, 0)
    assert [found.place.name for found in root.below] == ["Đảng bộ số 3"]


def test_a_member_sees_the_way_to_the_own_cell_without_figures(db: Session, world: World) -> None:
    [root] = tree(db, by=world, person=world.an)

    assert told([root]) == [("Đảng bộ Sở Mẫu", 0, [("Chi bộ Văn phòng", 0)])]
    assert not root.below[0].place.is_counted


def test_as_many_levels_are_open_as_there_is_room_for(
    db: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branches, "ROOM", 5)
    for number in (3, 4):
        parent = below(world, number)
        for place in range(1, 4):
            cell = Unit(
                path=f"1/{number}/{place}/", kind=UnitKind.CELL, name=f"Chi bộ {place}",
                parent=parent, since=LONG_AGO,
            )  # fmt: skip
            world.person(f"Lê Văn {number}{place}", cell)

    [root] = tree(db)
    assert [(found.inside, found.below, found.members) for found in root.below] == [
        (0, [], 4), (0, [], 2), (3, [], 3), (3, [], 3),
    ]  # fmt: skip

    [branch] = tree(db, top=parent)
    assert (branch.place.name, len(branch.below)) == ("Đảng bộ số 4", 3)
    [root] = tree(db, whole=True)
    assert [len(found.below) for found in root.below] == [0, 0, 3, 3]


def test_a_tree_asks_a_constant_number_of_questions(db: Session, world: World) -> None:
    def questions() -> int:
        db.flush()
        db.expire_all()
        with counted(db) as sent:
            tree(db)
        return len(sent)

    few = questions()
    for number in range(3, 60):
        below(world, number)

    assert questions() == few == 4


def test_a_day_in_the_past_has_its_members_units_and_secretaries(db: Session, world: World) -> None:
    membership = queries.latest_membership(db, world.hoa.id)
    assert membership
    service.end_membership(db, membership, until=YEAR_END, by=None, now=NOW)
    world.cell.until = YEAR_END
    new = below(world, 3)
    new.since = NEW_YEAR

    assert told(tree(db, YEAR_END)) == [
        ("Đảng bộ Sở Mẫu", 6, [("Chi bộ Văn phòng", 4), ("Chi bộ Thanh tra", 2)])
    ]
    assert told(tree(db, NEW_YEAR)) == [
        ("Đảng bộ Sở Mẫu", 1, [("Chi bộ Thanh tra", 1), ("Đảng bộ số 3", 0)])
    ]
    assert tree(db, date(1990, 1, 1)) == []


def test_a_unit_that_was_renamed_twice_has_the_name_of_the_day(db: Session, world: World) -> None:
    former(db, world.cell, date(2024, 6, 30), "1/1/", "Chi bộ Hành chính")
    former(db, world.cell, YEAR_END, "1/1/", "Chi bộ Tổ chức")

    def name(day: date) -> str:
        return tree(db, day)[0].below[0].place.name

    assert name(date(2024, 6, 30)) == "Chi bộ Hành chính"
    assert name(date(2024, 7, 1)) == name(YEAR_END) == "Chi bộ Tổ chức"
    assert name(NEW_YEAR) == name(TODAY + timedelta(days=99)) == "Chi bộ Văn phòng"


def test_a_branch_that_was_moved_counts_where_it_stood(db: Session, world: World) -> None:
    """Cell one stands in a section now; its group went with it."""
    section = below(world, 3)
    group = Unit(
        path="1/3/1/1/", kind=UnitKind.GROUP, name="Tổ 1", parent=world.cell, since=LONG_AGO
    )
    db.add(group)
    world.cell.path, world.cell.parent = "1/3/1/", section
    former(db, world.cell, YEAR_END, "1/1/", "Chi bộ Văn phòng")
    former(db, group, YEAR_END, "1/1/1/", "Tổ 1")

    assert told(tree(db, YEAR_END)) == [
        ("Đảng bộ Sở Mẫu", 6, [
            ("Chi bộ Văn phòng", 4, [("Tổ 1", 0)]),
            ("Chi bộ Thanh tra", 2),
            ("Đảng bộ số 3", 0),
        ])
    ]  # fmt: skip
    assert told(tree(db))[0] == (
        "Đảng bộ Sở Mẫu", 6, [
            ("Chi bộ Thanh tra", 2),
            ("Đảng bộ số 3", 4, [("Chi bộ Văn phòng", 4, [("Tổ 1", 0)])]),
        ],
    )  # fmt: skip


def test_what_has_left_a_branch_since_is_counted_there_but_not_opened(
    db: Session, world: World
) -> None:
    branch, beside = below(world, 3), below(world, 4)
    officer = world.person("Mạc Hải Nam", None)
    db.flush()
    service.appoint(db, officer, branch, Post.OFFICER, since=LONG_AGO, by=None, now=NOW)
    world.cell.path, world.cell.parent = "1/4/1/", beside
    former(db, world.cell, YEAR_END, "1/3/1/", "Chi bộ Văn phòng")

    [root] = tree(db, YEAR_END, by=world, person=officer)
    [then] = root.below

    assert told([then]) == [("Đảng bộ số 3", 4, [("Chi bộ Văn phòng", 4)])]
    assert (then.below[0].place.is_visible, then.below[0].secretary) == (False, None)
    assert told(tree(db, by=world, person=officer)[0].below) == [("Đảng bộ số 3", 0)]


def test_paths_of_a_day_stand_in_the_order_of_the_tree(db: Session, world: World) -> None:
    below(world, 10)
    db.flush()

    found = places.places_on(db, TODAY, visible=true(), counted=true())

    assert sorted(found, key=order) == ["1/", "1/1/", "1/2/", "1/10/"]
