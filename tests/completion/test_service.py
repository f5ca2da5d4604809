"""The counters move with the marks, in the cell and in every unit above it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion import service
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark
from studyhub.rounds.models import Call, StudyRound, Summons
from tests.world import NOW, World


def tally(db: Session, round_: StudyRound, path: str) -> Tally:
    return db.scalars(
        select(Tally)
        .where(Tally.round_id == round_.id, Tally.path == path)
        .execution_options(populate_existing=True)
    ).one()


def test_opening_counts_everyone_required_up_the_tree(db: Session, world: World) -> None:
    round_ = world.round()

    assert [tally(db, round_, path).required for path in ("1/", "1/1/", "1/2/")] == [6, 4, 2]


def test_a_mark_moves_the_cell_and_all_above_it_but_no_other_cell(
    db: Session, world: World
) -> None:
    round_ = world.round()

    service.mark(db, round_.id, world.an.id, now=NOW, attended=True, essay=EssayMark.SUBMITTED)

    assert [tally(db, round_, path).attended for path in ("1/", "1/1/", "1/2/")] == [1, 1, 0]
    assert [tally(db, round_, path).waiting for path in ("1/", "1/1/", "1/2/")] == [1, 1, 0]


def test_the_same_mark_twice_counts_once(db: Session, world: World) -> None:
    round_ = world.round()

    for _ in range(2):
        service.mark(db, round_.id, world.an.id, now=NOW, read=True)

    assert tally(db, round_, "1/").read == 1


def test_done_comes_with_the_last_requirement_and_goes_with_it(db: Session, world: World) -> None:
    round_ = world.round()
    service.mark(db, round_.id, world.an.id, now=NOW, attended=True, read=True)
    assert tally(db, round_, "1/1/").done == 0

    service.mark(db, round_.id, world.an.id, now=NOW, essay=EssayMark.ACCEPTED)
    assert tally(db, round_, "1/1/").done == 1

    service.mark(db, round_.id, world.an.id, now=NOW, attended=False)
    assert tally(db, round_, "1/1/").done == 0


def test_somebody_released_leaves_numerator_and_denominator_together(
    db: Session, world: World
) -> None:
    round_ = world.round()
    service.mark(db, round_.id, world.an.id, now=NOW, attended=True)
    summons = db.scalars(select(Summons).where(Summons.user_id == world.an.id)).one()

    service.recall(db, summons, Call.RELEASED, reason="Chuyển công tác", now=NOW)

    assert (tally(db, round_, "1/1/").required, tally(db, round_, "1/1/").attended) == (3, 0)


def test_a_person_who_is_not_on_the_list_changes_nothing(db: Session, world: World) -> None:
    round_ = world.round(summoned=[world.an])

    service.mark(db, round_.id, world.hoa.id, now=NOW, attended=True)

    assert tally(db, round_, "1/").attended == 0
    assert db.scalars(select(Progress)).all()[0].attended is False
