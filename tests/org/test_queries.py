"""What is asked of the organization: the tree, a cell, a name."""

from datetime import date

from sqlalchemy import true
from sqlalchemy.orm import Session

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

    figures = overview.figures_on(db, TODAY, within=true())

    assert figures["1/"] == overview.Figures(official=6, probationary=1, exempt=1)
    assert [figures[path].total for path in ("1/1/", "1/2/")] == [5, 2]


def test_whoever_has_left_is_not_counted_but_was(db: Session, world: World) -> None:
    membership = queries.latest_membership(db, world.an.id)
    assert membership
    service.end_membership(db, membership, until=date(2026, 5, 19), by=None, now=NOW)

    now, then = (
        overview.figures_on(db, day, within=true())["1/1/"].total
        for day in (TODAY, date(2026, 5, 19))
    )

    assert (now, then) == (3, 4)


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


def test_groups_belong_to_their_cell(db: Session, world: World) -> None:
    group = service.found_unit(
        db, world.cell, kind=UnitKind.GROUP, name="Tổ 1", since=TODAY, by=None, now=NOW
    )

    assert queries.groups_of(db, world.cell, TODAY) == [group]
    assert queries.groups_of(db, world.other_cell, TODAY) == []
