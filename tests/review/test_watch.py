"""What those who keep the posts see in time: terms that end, cells without a secretary."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays.lifecycle import State
from studyhub.kernel.actor import Post
from studyhub.org import service
from studyhub.org.models import Appointment, Unit
from studyhub.org.succession import Act, Reorganization, Succession
from studyhub.review.watch import Watch, watch
from tests.statements import counted
from tests.world import LONG_AGO, NOW, TODAY, World

ONE_DAY = timedelta(days=1)
ANYWHERE = Unit.id.is_not(None)


def seen(db: Session) -> Watch:
    db.flush()
    return watch(db, TODAY, within=ANYWHERE)


def post_of(db: Session, world: World, name: str) -> Appointment:
    held = select(Appointment).where(Appointment.user_id == getattr(world, name).id)
    return db.scalars(held).one()


def test_nothing_is_said_while_all_is_well(db: Session, world: World) -> None:
    world.essay(state=State.SUBMITTED)

    assert not seen(db)


def test_a_term_is_seen_to_end_thirty_days_before(db: Session, world: World) -> None:
    of_binh = post_of(db, world, "binh")
    of_binh.until = TODAY + timedelta(days=31)
    assert not seen(db)

    of_binh.until = TODAY + timedelta(days=30)
    assert list(seen(db).ending) == [of_binh]

    of_binh.until = TODAY - ONE_DAY
    assert not seen(db).ending


def test_a_term_with_a_successor_is_no_longer_warned_of(db: Session, world: World) -> None:
    of_binh = post_of(db, world, "binh")
    service.lay_down(db, of_binh, until=TODAY + ONE_DAY, by=None, now=NOW)
    assert list(seen(db).ending) == [of_binh]

    service.appoint(
        db, world.an, world.cell, Post.SECRETARY, since=TODAY + 2 * ONE_DAY, by=None, now=NOW
    )

    assert not seen(db).ending


def test_another_deputy_does_not_continue_the_term_of_this_one(db: Session, world: World) -> None:
    post_of(db, world, "giang").until = TODAY + ONE_DAY
    service.appoint(db, world.an, world.cell, Post.DEPUTY, since=TODAY, by=None, now=NOW)

    assert [row.user for row in seen(db).ending] == [world.giang]


def test_a_cell_without_secretary_is_named_and_whether_a_deputy_stands_in(
    db: Session, world: World
) -> None:
    for name in ("binh", "chi"):
        post_of(db, world, name).until = TODAY - ONE_DAY

    found = [(lack.cell, lack.has_deputy, lack.unread) for lack in seen(db).vacant]

    assert found == [(world.cell, True, 0), (world.other_cell, False, 0)]


def test_essays_that_nobody_may_judge_are_counted(db: Session, world: World) -> None:
    round_ = world.round()
    world.essay(world.an, round_=round_, state=State.SUBMITTED)
    world.essay(world.hoa, round_=round_, state=State.SUBMITTED)
    of_chi = world.essay(world.chi, round_=round_, state=State.SUBMITTED)
    post_of(db, world, "chi").until = TODAY - ONE_DAY

    (lack,) = seen(db).vacant

    assert (lack.cell, lack.unread) == (world.other_cell, 1)  # Hoa's; Chi's is for the committee
    of_chi.author_leads = False
    assert seen(db).waits_for_nobody == 2
    post_of(db, world, "dung").until = TODAY - ONE_DAY
    of_chi.author_leads = True
    assert seen(db).waits_for_nobody == 2


def test_the_own_essay_of_a_lonely_deputy_waits_for_nobody(db: Session, world: World) -> None:
    essay = world.essay(world.giang, state=State.SUBMITTED)
    essay.author_leads = False
    assert not seen(db)

    post_of(db, world, "binh").until = TODAY - ONE_DAY

    assert [(lack.has_deputy, lack.unread) for lack in seen(db).lacks] == [(True, 1)]


def test_two_questions_whatever_there_is(db: Session, world: World) -> None:
    for number in range(3, 30):
        unit = Unit(
            path=f"1/{number}/", kind=world.cell.kind, name=f"Chi bộ {number}",
            parent=world.district, since=LONG_AGO,
        )  # fmt: skip
        db.add(unit)
    db.flush()

    with counted(db) as asked:
        assert len(watch(db, TODAY, within=ANYWHERE).vacant) == 27

    assert len(asked) == 2


def test_the_essays_of_a_cell_that_was_taken_over_wait_for_those_who_took_it_over(
    db: Session, world: World
) -> None:
    world.essay(world.hoa, state=State.SUBMITTED)
    act = Reorganization(act=Act.MERGE, day=TODAY, basis="Số 21", planned_at=NOW)
    db.add(act)
    db.flush()
    world.other_cell.until = TODAY - ONE_DAY
    post_of(db, world, "chi").until = TODAY - ONE_DAY
    assert [(lack.stands, lack.unread) for lack in seen(db).lacks] == [(False, 1)]
    assert seen(db).vacant == []

    taken_over = {"predecessor_id": world.other_cell.id, "successor_id": world.cell.id}
    db.add(Succession(**taken_over, reorganization_id=act.id))

    assert not seen(db)
