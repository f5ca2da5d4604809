"""Present + excused + unexcused = summoned: whatever is done, in whatever order."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.reconciliation.service import differences
from studyhub.study import gaps, rolls
from studyhub.study.models import Presence
from tests.study.days import DEEDS, Days
from tests.world import World


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_the_sum_is_the_number_summoned(
    db: Session, world: World, seed: int
) -> None:
    days = Days(db, world, seed)

    days.pass_by()

    assert days.done > DEEDS // 4, "the deeds must really happen"
    for session in (days.first, days.again):
        cells = rolls.roll_by_cell(db, session, ["1/"])
        one_by_one = [rolls.roll(db, session, cell.cell).figures for cell in cells]
        for told in [rolls.total(cells), *(cell.figures for cell in cells), *one_by_one]:
            assert told.present + told.excused + told.absent == told.summoned
            assert min(told.present, told.excused, told.absent, told.unrecorded) >= 0
        assert [cell.figures for cell in cells] == one_by_one
    required = db.scalar(select(Tally.required).where(Tally.path == "1/"))
    total = rolls.total(rolls.roll_by_cell(db, days.first, ["1/"]))
    assert total.summoned == required
    gap = gaps.gap_of(db, days.first, world.district)
    assert len(gap.missing) == total.excused + total.absent
    assert len(gap.made_up) == total.of(Presence.MADE_UP)
    assert differences(db, days.round) == []
