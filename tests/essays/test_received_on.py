"""Whether a paper is in time is judged by the day on which the cell received it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from studyhub.completion.rules import EssayMark
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import LatePolicy
from tests.essays.paper import hand_in, mark, paper, typed
from tests.world import NOW, TODAY, World


@pytest.mark.parametrize(
    ("received", "is_late"), [(timedelta(days=-6), False), (timedelta(days=-4), True)]
)
def test_lateness_is_judged_by_the_day_the_paper_came(
    db: Session, world: World, received: timedelta, *, is_late: bool
) -> None:
    round_ = world.round(
        closes_in=timedelta(days=-5),
        late_policy=LatePolicy.MARK,
        late_until=NOW + timedelta(days=1),
    )
    transcript = typed(db, world, round_)

    version = hand_in(db, world, transcript, told=paper(TODAY + received))

    assert version.is_late is is_late
    assert mark(db, transcript.essay) == (EssayMark.SUBMITTED, is_late)


def test_a_paper_in_time_is_taken_after_the_last_moment_and_one_too_late_is_not(
    db: Session, world: World
) -> None:
    round_ = world.round(closes_in=timedelta(days=-2), late_policy=LatePolicy.REFUSE)
    transcript = typed(db, world, round_)

    with pytest.raises(Untimely):
        hand_in(db, world, transcript, told=paper(TODAY - timedelta(days=1)))

    version = hand_in(db, world, transcript, told=paper(TODAY - timedelta(days=2)))
    assert version.is_late is False


def test_more_time_for_a_member_counts_for_their_paper_too(db: Session, world: World) -> None:
    round_ = world.round(closes_in=timedelta(days=-2), late_policy=LatePolicy.REFUSE)
    transcript = typed(db, world, round_)
    summons = transcript.essay.summons
    assert summons
    summons.closes_at = NOW + timedelta(days=2)
    db.flush()

    assert hand_in(db, world, transcript, told=paper(TODAY)).is_late is False


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=15)])
def test_a_day_that_cannot_be_is_refused(db: Session, world: World, day: date) -> None:
    transcript = typed(db, world, world.round())

    with pytest.raises(Unfit) as refused:
        hand_in(db, world, transcript, told=paper(day))

    assert refused.value.about == "received_on"


def test_where_the_paper_is_kept_must_be_told(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())

    with pytest.raises(Unfit) as refused:
        hand_in(db, world, transcript, told=paper(where="  "))

    assert refused.value.about == "kept_where"


def test_a_closed_round_takes_nothing(db: Session, world: World) -> None:
    round_ = world.round()
    transcript = typed(db, world, round_)
    round_.state = RoundState.CLOSED
    db.flush()

    with pytest.raises(Untimely):
        hand_in(db, world, transcript)
