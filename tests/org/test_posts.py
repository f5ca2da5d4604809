"""Posts: each on the units it fits, one secretary at a time, never without administrator."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.org import queries, service
from studyhub.org.models import Appointment, Unit
from tests.world import NOW, TODAY, World

MAY = date(2026, 5, 19)


def appoint(
    db: Session,
    person: User,
    unit: Unit,
    post: Post,
    since: date = TODAY,
    until: date | None = None,
) -> Appointment:
    return service.appoint(db, person, unit, post, since=since, until=until, by=None, now=NOW)


def held(db: Session, unit: Unit, post: Post) -> Appointment:
    return next(row for row in queries.posts_on(db, unit, TODAY) if row.post is post)


def test_a_cell_has_one_secretary_at_a_time(db: Session, world: World) -> None:
    with pytest.raises(Conflict, match="Lê Quang Bình"):
        appoint(db, world.an, world.cell, Post.SECRETARY)

    service.lay_down(db, held(db, world.cell, Post.SECRETARY), until=MAY, by=None, now=NOW)
    appoint(db, world.an, world.cell, Post.SECRETARY)

    assert held(db, world.cell, Post.SECRETARY).user is world.an


def test_a_secretary_of_today_is_followed_from_tomorrow_only(db: Session, world: World) -> None:
    service.lay_down(db, held(db, world.cell, Post.SECRETARY), until=TODAY, by=None, now=NOW)

    with pytest.raises(Conflict, match="until 25/11/2026") as refused:
        appoint(db, world.an, world.cell, Post.SECRETARY)

    assert refused.value.about == "since"


def test_a_term_that_is_over_before_the_next_begins_is_no_obstacle(
    db: Session, world: World
) -> None:
    service.lay_down(db, held(db, world.cell, Post.SECRETARY), until=MAY, by=None, now=NOW)
    appoint(db, world.an, world.cell, Post.SECRETARY, date(2027, 1, 1))

    interim = appoint(
        db, world.lan, world.cell, Post.SECRETARY, date(2026, 5, 20), date(2026, 12, 31)
    )

    assert held(db, world.cell, Post.SECRETARY) is interim


def test_two_deputies_are_welcome_but_nobody_holds_a_post_twice(db: Session, world: World) -> None:
    appoint(db, world.an, world.cell, Post.DEPUTY)

    with pytest.raises(Conflict):
        appoint(db, world.an, world.cell, Post.DEPUTY)


def test_a_cell_is_led_by_its_members(db: Session, world: World) -> None:
    with pytest.raises(Unfit, match="Vũ Thị Hoa"):
        appoint(db, world.hoa, world.cell, Post.DEPUTY)


@pytest.mark.parametrize("post", [Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER])
def test_leaders_of_a_cell_are_not_appointed_on_an_organization(
    db: Session, world: World, post: Post
) -> None:
    with pytest.raises(Unfit):
        appoint(db, world.an, world.district, post)


@pytest.mark.parametrize("post", [Post.OFFICER, Post.OVERSEER, Post.ADMIN])
def test_those_over_a_unit_may_come_from_anywhere(db: Session, world: World, post: Post) -> None:
    for unit in (world.other_cell, world.district):
        appoint(db, world.an, unit, post)

    assert {*world.actor(world.an).territories[post]} == {"1/2/", "1/"}


def test_the_last_administrator_stays(db: Session, world: World) -> None:
    of_em = held(db, world.district, Post.ADMIN)
    with pytest.raises(Untimely, match="last administrator"):
        service.lay_down(db, of_em, until=TODAY, by=None, now=NOW)

    appoint(db, world.dung, world.district, Post.ADMIN)
    service.lay_down(db, of_em, until=TODAY, by=None, now=NOW)

    assert of_em.until == TODAY


def test_posts_stand_in_the_order_of_rank(db: Session, world: World) -> None:
    appoint(db, world.an, world.cell, Post.COMMITTEE_MEMBER)
    appoint(db, world.phuc, world.cell, Post.OVERSEER)

    assert [row.post for row in queries.posts_on(db, world.cell, TODAY)] == [
        Post.SECRETARY,
        Post.DEPUTY,
        Post.COMMITTEE_MEMBER,
        Post.OVERSEER,
    ]
