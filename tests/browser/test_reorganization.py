"""Two cells become one in a real browser: 14 and 7 make 21, and are 14 and 7 again."""

from collections.abc import Callable

import pytest

from studyhub.essays.lifecycle import State
from tests.browser.people import DESK, PHONE, Person, violations
from tests.world import World

AtWork = Callable[..., Person]


@pytest.fixture
def grown(city: World) -> World:
    """Fourteen members in the one cell and seven in the other; a round is open, an essay waits."""
    for number in range(10):
        city.person(f"Nguyễn Văn {number:b}", city.cell)
    for number in range(5):
        city.person(f"Trần Thị {number:b}", city.other_cell)
    round_ = city.round(title="Học tập Nghị quyết")
    city.essay(city.hoa, round_=round_, state=State.SUBMITTED)
    city.db.commit()
    return city


@pytest.mark.parametrize("machine", [{}, {"script": False}], ids=["script", "no script"])
def test_fourteen_and_seven_are_twenty_one_and_it_is_undone(
    grown: World, at_work: AtWork, machine: dict[str, bool]
) -> None:
    dung, found = at_work(grown.dung, **machine), list[str]()
    look = _seen if not machine else _nothing  # axe-core is a script itself

    dung.opens(f"/org/units/{grown.cell.id}").follows("Reorganize").follows("Merge")
    dung.ticks("Chi bộ Thanh tra").types("By decision", "Số 31-QĐ/ĐU, 20/11/2026")
    dung.types("Effective from", "25/11/2026")
    dung.page.get_by_role("button", name="Show what will happen").last.click()
    dung.sees("1 essay waits for review now; none is lost.").sees("This post ends: Secretary")
    boxes = dung.page.locator(".merge .node .num").all_inner_texts()
    assert [text.split()[0] for text in boxes] == ["7", "14", "21"]
    found += look(dung)

    dung.presses("Merge from 25/11/2026").sees("Carried out. It can be undone")
    found += look(dung)
    dung.opens(f"/org/units/{grown.cell.id}").sees("21 members").sees("Took in")
    found += look(dung)
    dung.opens(f"/org/units/{grown.other_cell.id}").sees("Merged into")

    dung.follows("The whole act").follows("Undo").types("Reason", "Quyết định bị thu hồi")
    found += look(dung)
    dung.presses("Undo").sees("Undone. Everything is as it was before.")
    dung.opens(f"/org/units/{grown.cell.id}").sees("14 members")

    assert found == []
    assert dung.faults == []


def test_a_split_counts_while_one_chooses(grown: World, at_work: AtWork) -> None:
    dung = at_work(grown.dung)
    dung.opens(f"/reorganizations/units/{grown.cell.id}/split")
    dung.types("Name of the new unit", "Chi bộ Hai")

    dung.page.get_by_label("Where Nguyễn Văn An goes").select_option("Chi bộ Hai")

    assert dung.page.locator("[data-count=new0]").inner_text() == "1"
    assert dung.page.locator("[data-count='']").inner_text() == "13"
    dung.page.get_by_role("button", name="All the others to").click()
    assert dung.page.locator("[data-count=new0]").inner_text() == "14"


def _nothing(_dung: Person) -> list[str]:
    return []


def _seen(dung: Person) -> list[str]:
    found: list[str] = []
    for size in (DESK, PHONE):
        dung.page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            dung.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found += [f"{size['width']} {scheme} {v}" for v in violations(dung.page)]
    if dung.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{dung.page.url}: wider than the telephone")
    dung.page.set_viewport_size(DESK)
    return found
