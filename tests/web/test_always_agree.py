"""Present + excused + unexcused = summoned, on every page that shows them."""

import re

import pytest

from tests.study.days import Days
from tests.web.browser import Page
from tests.web.conftest import SignIn
from tests.world import World


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_every_page_that_shows_them_says_so(town: World, as_: SignIn, seed: int) -> None:
    days = Days(town.db, town, seed)
    days.pass_by()
    town.db.commit()
    dung = as_(town.dung)

    for session in (days.first, days.again):
        for summoned, present, _, excused, absent in _rows(
            dung.visit(f"/sessions/{session.id}/roll"), 5
        ):
            assert present + excused + absent == summoned
        for summoned, at_first, made_up, missing in _rows(
            dung.visit(f"/sessions/{session.id}/making-up"), 4
        ):
            assert at_first + made_up + missing == summoned
        for cell in (town.cell, town.other_cell):
            page = dung.visit(f"/sessions/{session.id}/roll-call/{cell.id}")
            for said in page.all("p", class_="sum num"):
                *parts, whole = (int(number) for number in re.findall(r"\d+", said.text))
                assert sum(parts) == whole


def _rows(page: Page, columns: int) -> list[list[int]]:
    """The first figure of every cell of the table, row by row; there is at least one row."""
    cells = [int(found[0]) for td in page.all("td") if (found := re.search(r"\d+", td.text))]
    assert cells
    assert len(cells) % columns == 0
    return [cells[start : start + columns] for start in range(0, len(cells), columns)]
