"""A person is told once, and looks once."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.kernel.ids import new_uuid
from studyhub.notices import queries, service
from studyhub.notices.models import Kind, Notice
from tests.world import NOW, TODAY, World

LATER = NOW + timedelta(hours=1)


def tell(db: Session, world: World, *people: object, **facts: str | None) -> None:
    ids = [person.id for person in people]  # type: ignore[attr-defined]  # the cast
    service.notify(
        db, ids, Kind.STAY_BEGUN, subject_id=new_uuid(), by=world.actor(world.dung), now=NOW,
        **facts,
    )  # fmt: skip
    db.flush()


def test_everybody_is_told_once_but_not_whoever_did_it(db: Session, world: World) -> None:
    tell(db, world, world.an, world.an, world.dung, world.binh, cell="c", until=None)

    told = db.scalars(select(Notice)).all()
    assert sorted(row.user_id for row in told) == sorted([world.an.id, world.binh.id])
    assert {str(row.facts) for row in told} == {"{'cell': 'c'}"}


def test_the_actor_of_a_request_knows_how_many_wait(db: Session, world: World) -> None:
    tell(db, world, world.an, world.binh)
    tell(db, world, world.an)

    assert actor_of(db, world.an.id, TODAY).unread == 2
    assert actor_of(db, world.lan.id, TODAY).unread == 0
    notice = queries.told_to(db, world.an.id).notices[0]
    service.mark_read(notice, now=NOW)
    service.mark_read(notice, now=LATER)
    db.flush()
    assert notice.read_at == NOW
    assert actor_of(db, world.an.id, TODAY).unread == 1


def test_all_of_ones_own_are_marked_and_no_others(db: Session, world: World) -> None:
    tell(db, world, world.an, world.binh)

    assert service.mark_all_read(db, world.actor(world.an), now=LATER) == 1

    assert actor_of(db, world.an.id, TODAY).unread == 0
    assert actor_of(db, world.binh.id, TODAY).unread == 1


def test_the_newest_come_first_and_the_rest_on_further_pages(db: Session, world: World) -> None:
    for hours in range(3):
        service.notify(
            db, [world.an.id], Kind.STAY_ENDED, subject_id=None, by=None,
            now=NOW + timedelta(hours=hours),
        )  # fmt: skip
    db.flush()

    first = queries.told_to(db, world.an.id, most=2)
    second = queries.told_to(db, world.an.id, most=2, skip=2)

    assert [notice.at for notice in first.notices] == [NOW + timedelta(hours=2), LATER]
    assert (first.older, second.older) == (True, False)
    assert [notice.at for notice in second.notices] == [NOW]
