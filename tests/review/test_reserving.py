"""Who reads an essay now: a soft hold for half an hour, that stops nobody."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.review.reserving import FOR, Reservation, leave, read_last, renew, reserve
from tests.world import NOW, World

LATER = NOW + timedelta(minutes=20)


def test_whoever_opens_it_first_has_it_for_half_an_hour(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    binh, giang = world.actor(world.binh), world.actor(world.giang)

    assert reserve(db, essay.id, by=binh, now=NOW) is None
    held = reserve(db, essay.id, by=giang, now=LATER)

    assert held is not None
    assert (held.name, held.since) == ("Lê Quang Bình", NOW)
    assert reserve(db, essay.id, by=giang, now=NOW + FOR) is None


def test_it_is_renewed_while_the_page_is_open(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    binh, giang = world.actor(world.binh), world.actor(world.giang)
    reserve(db, essay.id, by=binh, now=NOW)

    assert renew(db, essay.id, by=binh, now=LATER) is None

    assert reserve(db, essay.id, by=giang, now=NOW + FOR) is not None
    assert reserve(db, essay.id, by=giang, now=LATER + FOR) is None


def test_it_can_be_taken_over_which_is_on_record_and_the_first_is_told(
    db: Session, world: World
) -> None:
    essay = world.essay(state=State.SUBMITTED)
    binh, giang = world.actor(world.binh), world.actor(world.giang)
    reserve(db, essay.id, by=binh, now=NOW)

    assert reserve(db, essay.id, by=giang, now=LATER, over=True) is None

    other = renew(db, essay.id, by=binh, now=LATER)
    assert other is not None
    assert other.reader_id == world.giang.id
    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_TAKEN_OVER)).one()
    assert (entry.actor_id, entry.facts) == (world.giang.id, {"reader": str(world.binh.id)})


def test_whoever_closes_it_leaves_it_to_others(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    binh, giang = world.actor(world.binh), world.actor(world.giang)
    reserve(db, essay.id, by=binh, now=NOW)

    leave(db, essay.id, by=giang, now=LATER)  # not theirs: nothing happens
    assert reserve(db, essay.id, by=giang, now=LATER) is not None
    leave(db, essay.id, by=binh, now=LATER)

    assert reserve(db, essay.id, by=giang, now=LATER) is None
    assert db.scalars(select(Reservation)).one().reader_id == world.giang.id


def test_it_is_remembered_where_a_reader_was(db: Session, world: World) -> None:
    first, second = (
        world.essay(state=State.SUBMITTED),
        world.essay(world.lan, state=State.SUBMITTED),
    )
    binh = world.actor(world.binh)
    assert read_last(db, world.binh.id) is None

    reserve(db, first.id, by=binh, now=NOW)
    reserve(db, second.id, by=binh, now=LATER)

    assert read_last(db, world.binh.id) == second.id
