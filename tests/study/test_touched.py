"""What a dated act changes in open rounds: told in figures, and done only where it is chosen."""

from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import false, select, true
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.reconciliation import service as reconciliation
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study import calling, touched
from studyhub.study.touched import Act, Stays, Step, Touch, Touched
from tests.statements import counted
from tests.world import NOW, TODAY, World

ONE_DAY = timedelta(days=1)


def look(
    db: Session, world: World, step: Step, *, manages: bool = True, sees: bool = True
) -> Touched:
    return touched.touched(
        db,
        world.an,
        step,
        visible=true() if sees else false(),
        manages=lambda _round: manages,
        zone=UTC,
    )


def only(found: Touched) -> Touch:
    (touch,) = found.rounds
    return touch


def exempt_from(day: date, until: date | None = None) -> Step:
    return Step(act=Act.EXEMPT, since=day, until=until)


def summons_of(db: Session, world: World, round_: StudyRound) -> Summons:
    listed = select(Summons).where(Summons.round_id == round_.id, Summons.user_id == world.an.id)
    return db.scalars(listed).one()


def tally(db: Session, world: World, round_: StudyRound) -> tuple[int, int]:
    row = db.get_one(Tally, (round_.id, world.cell.id), populate_existing=True)
    return row.required, row.exempt


@pytest.mark.parametrize(
    ("act", "before", "call", "figures"),
    [
        (Act.EXEMPT, Call.REQUIRED, Call.EXEMPT, (4, 3)),
        (Act.SUSPEND, Call.REQUIRED, Call.EXEMPT, (4, 3)),
        (Act.LEAVE, Call.REQUIRED, Call.RELEASED, (4, 3)),
        (Act.LEAVE, Call.EXEMPT, Call.RELEASED, (3, 3)),
        (Act.RETURN, Call.EXEMPT, Call.REQUIRED, (3, 4)),
    ],
)
def test_what_is_told_is_what_it_comes_to(
    db: Session,
    world: World,
    act: Act,
    before: Call,
    call: Call,
    figures: tuple[int, int],
) -> None:
    round_, dung = world.round(), world.actor(world.dung)
    if before is Call.EXEMPT:
        calling.exempt(db, summons_of(db, world, round_), reason="Ốm", by=dung, now=NOW)

    touch = only(look(db, world, Step(act=act, since=TODAY)))
    assert (touch.call, touch.stays, (touch.required, touch.after)) == (call, None, figures)
    touched.change(db, touch, reason="Tuổi cao", basis="Số 3", by=dung, now=NOW)

    assert tally(db, world, round_)[0] == figures[1]
    row = summons_of(db, world, round_)
    assert (row.call, row.reason) == (call, "Tuổi cao (Số 3)")
    assert not reconciliation.differences(db, round_)


def test_a_round_one_does_not_manage_stays_and_says_so(db: Session, world: World) -> None:
    world.round()

    touch = only(look(db, world, exempt_from(TODAY), manages=False))

    assert (touch.call, touch.stays, touch.after) == (None, Stays.NOT_MANAGED, 4)


def test_a_round_one_may_not_see_is_only_counted(db: Session, world: World) -> None:
    world.round()

    assert look(db, world, exempt_from(TODAY), sees=False) == Touched([], 1)


def test_what_is_so_already_stays(db: Session, world: World) -> None:
    round_, dung = world.round(), world.actor(world.dung)
    assert only(look(db, world, Step(act=Act.RETURN, since=TODAY))).stays is Stays.ALREADY

    calling.release(db, summons_of(db, world, round_), reason="Đi xa", by=dung, now=NOW)

    assert only(look(db, world, exempt_from(TODAY))).stays is Stays.RELEASED


def test_an_act_after_the_deadline_or_over_before_the_opening_changes_nothing(
    db: Session, world: World
) -> None:
    round_ = world.round()
    deadline, opened = round_.closes_at.date(), NOW.date() - timedelta(days=14)

    assert only(look(db, world, exempt_from(deadline + ONE_DAY))).stays is Stays.OVER
    assert only(look(db, world, exempt_from(deadline))).call is Call.EXEMPT
    past = date(2026, 1, 1)
    assert only(look(db, world, exempt_from(past, opened - ONE_DAY))).stays is Stays.NOT_YET
    assert only(look(db, world, exempt_from(past, opened))).call is Call.EXEMPT


def test_it_is_told_whether_it_was_so_on_the_day_of_the_list(db: Session, world: World) -> None:
    round_ = world.round()

    assert only(look(db, world, exempt_from(round_.roster_on))).was_so
    assert not only(look(db, world, exempt_from(round_.roster_on + ONE_DAY))).was_so


def test_recognition_changes_no_list(db: Session, world: World) -> None:
    world.round()

    touch = only(look(db, world, Step(act=Act.RECOGNISE, since=TODAY)))

    assert (touch.call, touch.stays, touch.was_so) == (None, None, True)


def test_one_question_however_many_rounds(db: Session, world: World) -> None:
    for number in range(8):
        world.round(title=f"Đợt {number}")
    db.flush()
    db.expire_all()
    person = world.an.id

    with counted(db) as asked:
        found = look(db, world, exempt_from(TODAY))
        assert [touch.summons.round.unit.name for touch in found.rounds] == [
            world.district.name
        ] * 8

    assert person is not None
    assert len(asked) <= 2, "\n".join(asked)  # the person itself is the second
