"""What is asked of the organization: the tree, a cell, a name."""

from datetime import date

import pytest
from sqlalchemy import true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.kernel.actor import Post
from studyhub.org import overview, queries, service
from studyhub.org.models import Standing, UnitKind
from studyhub.org.tree import order
from tests.world import NOW, TODAY, World


def test_paths_sort_as_numbers() -> None:
    assert sorted(["1/10/", "1/2/", "1/", "1/2/1/"], key=order) == ["1/", "1/2/", "1/2/1/", "1/10/"]


def test_figures_add_up_the_tree(db: Session, world: World) -> None:
    world.person("Mai Văn Mới", world.cell, standing=Standing.PROBATIONARY)
    service.exempt(db, world.hoa, since=TODAY, reason="Tuổi cao", by=None, now=NOW)

    [root] = overview.tree_on(db, TODAY, visible=true())

    assert root.figures == overview.Figures(official=6, probationary=1, exempt=1)
    assert [branch.figures.total for branch in root.below] == [5, 2]
    assert (root.cells, root.below[0].secretary) == (2, world.binh)


def test_whoever_has_left_is_not_counted_but_was(db: Session, world: World) -> None:
    membership = queries.latest_membership(db, world.an.id)
    assert membership
    service.end_membership(db, membership, until=date(2026, 5, 19), by=None, now=NOW)

    now, then = (
        overview.figures_on(db, day, within=true())["1/1/"].total
        for day in (TODAY, date(2026, 5, 19))
    )

    assert (now, then) == (3, 4)


def test_a_secretary_sees_the_cell_and_only_the_name_of_what_is_above(
    db: Session, world: World
) -> None:
    visible = scope.followed_units(world.actor(world.binh))

    [root] = overview.tree_on(db, TODAY, visible=visible)

    assert (root.is_visible, root.unit.name, root.figures.total) == (False, "Đảng bộ Sở Mẫu", 0)
    assert [branch.unit.name for branch in root.below] == ["Chi bộ Văn phòng"]


def test_the_members_of_a_cell_come_by_given_name_with_posts_and_exemption(
    db: Session, world: World
) -> None:
    service.exempt(db, world.lan, since=TODAY, reason="Ốm", by=None, now=NOW)

    posts = queries.posts_on(db, world.cell, TODAY)
    members = queries.members_of(db, world.cell, TODAY, posts=posts)

    assert [member.user.given_name for member in members] == ["An", "Bình", "Giang", "Lan"]
    assert [post.post for post in members[1].posts] == [Post.SECRETARY]
    assert [member.exemption is not None for member in members] == [False, False, False, True]
    assert queries.figures_of(members).exempt == 1


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("do kim", ["Đỗ Kim Chi"]),
        ("Đỗ", ["Đỗ Kim Chi"]),
        ("thi", ["Vũ Thị Hoa", "Trần Thị Lan"]),
        ("LAN tran", ["Trần Thị Lan"]),
        ("oa", []),
        ("100%", []),
        ("   ", []),
    ],
)
def test_a_name_is_found_without_accents(
    db: Session, world: World, words: str, names: list[str]
) -> None:
    found = queries.search(db, words, visible=true())

    assert [row.user.full_name for row in found.memberships] == names


def test_a_card_number_is_found_by_its_beginning(db: Session, world: World) -> None:
    number = world.an.card_number or ""

    found = queries.search(db, f"{number[:4]} {number[4:8]}", visible=true())

    assert world.an in [row.user for row in found.memberships]


def test_a_search_says_how_many_more_there_are(db: Session, world: World) -> None:
    found = queries.search(db, "thi", visible=true(), limit=1)

    assert (len(found.memberships), found.more) == (1, 1)


def test_a_search_finds_only_whom_one_may_see(db: Session, world: World) -> None:
    visible = scope.visible_members(world.actor(world.binh))

    found = queries.search(db, "thi", visible=visible)

    assert [row.user for row in found.memberships] == [world.lan]


def test_somebody_with_two_stretches_is_found_once(db: Session, world: World) -> None:
    new = world.person("Mai Văn Mới", world.cell, standing=Standing.PROBATIONARY)
    db.flush()
    probation = queries.latest_membership(db, new.id)
    assert probation
    official = service.recognise_official(db, probation, on=TODAY, by=None, now=NOW)

    found = queries.search(db, "moi", visible=true())

    assert found.memberships == [official]


def test_groups_belong_to_their_cell(db: Session, world: World) -> None:
    group = service.found_unit(
        db, world.cell, kind=UnitKind.GROUP, name="Tổ 1", since=TODAY, by=None, now=NOW
    )

    assert queries.groups_of(db, world.cell, TODAY) == [group]
    assert queries.groups_of(db, world.other_cell, TODAY) == []
