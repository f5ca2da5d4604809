"""Handing a post over: one term ends the day before the next begins."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.org import queries, service
from studyhub.org.models import Appointment
from tests.world import LONG_AGO, NOW, TODAY, World

ONE_DAY = timedelta(days=1)


def held_by(db: Session, person: User) -> Appointment:
    return db.scalars(select(Appointment).where(Appointment.user_id == person.id)).one()


def hand_over(
    db: Session, held: Appointment, to: User, since: date = TODAY, until: date | None = None
) -> Appointment:
    return service.hand_over(
        db, held, to, since=since, until=until, basis="Số 7-QĐ/ĐU", by=None, now=NOW
    )


def test_one_term_ends_the_day_before_the_next_begins(db: Session, world: World) -> None:
    before = held_by(db, world.binh)

    begun = hand_over(db, before, world.an)

    assert (before.until, before.until_basis) == (TODAY - ONE_DAY, "Số 7-QĐ/ĐU")
    assert (begun.user, begun.post, begun.since, begun.until) == (
        world.an, Post.SECRETARY, TODAY, None,
    )  # fmt: skip
    deeds = db.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all()
    assert list(deeds) == ["post.laid_down", "post.taken_up"]


def test_a_deputy_hands_over_beside_another_deputy(db: Session, world: World) -> None:
    service.appoint(db, world.lan, world.cell, Post.DEPUTY, since=LONG_AGO, by=None, now=NOW)

    hand_over(db, held_by(db, world.giang), world.an)

    holders = [p.user for p in queries.posts_on(db, world.cell, TODAY) if p.post is Post.DEPUTY]
    assert {*holders} == {world.an, world.lan}


def test_a_term_that_ends_by_itself_before_is_left_as_it_is(db: Session, world: World) -> None:
    before = held_by(db, world.binh)
    service.lay_down(db, before, until=TODAY, basis="Số 5", by=None, now=NOW)

    hand_over(db, before, world.an, TODAY + 5 * ONE_DAY)

    assert (before.until, before.until_basis) == (TODAY, "Số 5")


@pytest.mark.parametrize("since", [LONG_AGO, LONG_AGO - ONE_DAY])
def test_the_former_has_held_it_a_day_at_least(db: Session, world: World, since: date) -> None:
    with pytest.raises(Unfit, match="first day of the former") as refused:
        hand_over(db, held_by(db, world.binh), world.an, since)

    assert refused.value.about == "since"


def test_it_goes_to_somebody_else_who_belongs_to_the_cell(db: Session, world: World) -> None:
    before = held_by(db, world.binh)
    with pytest.raises(Unfit, match="holds this post already"):
        hand_over(db, before, world.binh)
    with pytest.raises(Unfit, match="led by its members"):
        hand_over(db, before, world.hoa)

    assert before.until is None


def test_whoever_holds_the_same_post_already_does_not_take_over_another(
    db: Session, world: World
) -> None:
    service.appoint(db, world.lan, world.cell, Post.DEPUTY, since=LONG_AGO, by=None, now=NOW)

    with pytest.raises(Conflict):
        hand_over(db, held_by(db, world.giang), world.lan)


def test_a_successor_named_already_is_not_overtaken(db: Session, world: World) -> None:
    before = held_by(db, world.binh)
    hand_over(db, before, world.an, TODAY + 5 * ONE_DAY)

    with pytest.raises(Conflict, match="Nguyễn Văn An"):
        hand_over(db, before, world.lan, TODAY)


def test_the_last_administrator_hands_over_and_goes(db: Session, world: World) -> None:
    of_em = held_by(db, world.em)

    hand_over(db, of_em, world.dung)

    assert of_em.until == TODAY - ONE_DAY
    assert world.actor(world.dung).holds(Post.ADMIN)
    assert not world.actor(world.em).holds(Post.ADMIN)


def test_one_person_may_hold_several_posts_at_once(db: Session, world: World) -> None:
    hand_over(db, held_by(db, world.binh), world.giang)
    service.appoint(db, world.giang, world.other_cell, Post.OVERSEER, since=TODAY, by=None, now=NOW)

    territories = world.actor(world.giang).territories

    assert territories == {
        Post.SECRETARY: ("1/1/",), Post.DEPUTY: ("1/1/",), Post.OVERSEER: ("1/2/",),
    }  # fmt: skip
