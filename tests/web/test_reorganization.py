"""An act on its pages: chosen, shown before it is done, and done."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from studyhub.completion.models import Tally
from studyhub.essays.lifecycle import State
from studyhub.org.models import Appointment, Unit
from studyhub.org.succession import Act, Reorganization
from tests.reorganization.office import BASIS, DAY, names_in
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.web.reorganizing import another_cell, beside, chosen, does, merging, path, rows
from tests.world import World


def test_the_six_acts_stand_on_the_page_of_a_unit(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)

    page = dung.visit(f"/org/units/{town.cell.id}")
    assert [link["href"] for link in page.all("a") if link.text == "Reorganize"] == [
        path(town.cell)
    ]

    page = dung.visit(path(town.cell))
    ways = [link["href"].rpartition("/")[2] for link in page.all("a") if path(town.cell) in
            link["href"]]  # fmt: skip
    assert ways == [act.value for act in Act]
    assert "Reorganize" not in as_(town.binh).visit(f"/org/units/{town.cell.id}").text


def test_the_root_can_only_be_renamed(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)

    page = dung.visit(path(town.district))

    assert [link.text for link in page.all("a") if f"{path(town.district)}/" in link["href"]] == [
        "Give a new name"
    ]
    dung.visit(path(town.district, "merge"), status=403)
    dung.post(path(town.district, "dissolve"), status=403)


def test_a_merger_is_shown_before_it_is_done_and_nothing_is_written(
    town: World, as_: SignIn
) -> None:
    round_ = town.round(title="Đợt đang mở")
    town.essay(town.hoa, round_=round_, state=State.SUBMITTED)
    town.round(title="Đợt sắp tới", is_open=False).audience[0].unit = town.other_cell
    town.db.commit()
    dung = as_(town.dung)
    before = rows(town)

    page = dung.post(path(town.cell, "merge"), status=200, **merging(town))

    assert [e.text for e in page.all("li", class_="node")] == [
        "Chi bộ Thanh tra2 members", "Chi bộ Văn phòng4 members",
    ]  # fmt: skip
    assert "Chi bộ Văn phòng6 members" in page.one("li", class_="node sel").text
    for told in (
        "Chi bộ Thanh tra ends with the day before 25/11/2026",
        "This post ends: Secretary, Chi bộ Thanh tra, Đỗ Kim Chi.",
        "The draft “Đợt sắp tới” will summon Chi bộ Văn phòng instead.",
        "2 must study, 0 writing, 1 awaiting review, 0 to be completed",
        "1 essay waits for review now; none is lost.",
        "Chi bộ Văn phòng: Lê Quang Bình, Phạm Hương Giang",
        "Merge from 25/11/2026",
    ):
        assert told in page.text, told
    assert chosen(page, f"way-{round_.id}") == ["carry"]
    assert rows(town) == before


def test_what_was_looked_at_is_done(town: World, as_: SignIn) -> None:
    round_ = town.round(title="Đợt đang mở")
    town.db.commit()

    page = does(as_(town.dung), path(town.cell, "merge"), **merging(town))

    assert "Carried out. It can be undone until 25/12/2026." in page.text
    assert "Chi bộ Thanh tra merged into Chi bộ Văn phòng" in page.text
    town.db.rollback()
    assert len(names_in(town.db, town.cell)) == 6
    assert town.db.get_one(Tally, (round_.id, town.cell.id)).required == 6


def test_the_choice_for_a_round_is_kept_and_followed(town: World, as_: SignIn) -> None:
    round_ = town.round(title="Đợt đang mở")
    town.db.commit()
    dung = as_(town.dung)
    way: dict[str, Any] = {f"way-{round_.id}": "finish"}

    shown = dung.post(path(town.cell, "merge"), **merging(town), **way)
    assert chosen(shown, f"way-{round_.id}") == ["finish"]

    does(dung, path(town.cell, "merge"), **merging(town), **way)
    town.db.rollback()
    assert town.db.get_one(Tally, (round_.id, town.cell.id)).required == 4


def test_something_else_than_was_looked_at_is_not_done(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)
    shown = dung.post(path(town.cell, "merge"), **merging(town))
    seen = shown.one("input", type="hidden", name="seen")["value"]
    town.person("Mai Văn Mới", town.other_cell)
    town.db.commit()

    page = dung.post(path(town.cell, "merge"), status=200, step="do", seen=seen, **merging(town))

    assert "Something has changed since you looked." in page.text
    assert "7 members" in page.text
    assert town.db.scalar(select(func.count()).select_from(Reorganization)) == 0


def test_a_refusal_stands_beside_its_field_and_every_word_stays(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)

    page = dung.post(path(town.cell, "merge"), status=422, **merging(town, basis="", day="31/2/26"))
    assert "A reorganization needs a decision: its number and day." in page.text
    assert page.one("input", id="day")["value"] == "31/2/26"
    assert chosen(page, "units") == [str(town.other_cell.id)]

    page = dung.post(path(town.cell, "merge"), status=422, **merging(town, day="1/1/2019"))
    assert "Chi bộ Thanh tra exists only since 01/01/2020." in page.one("p", id="day-e").text
    assert page.one("input", id="basis")["value"] == BASIS

    page = dung.post(path(town.cell, "merge"), status=422, **merging(town, units=[]))
    assert "Choose at least one unit" in page.one("p", id="units-e").text


def test_a_cell_can_go_into_another_too(town: World, as_: SignIn) -> None:
    does(as_(town.dung), path(town.cell, "merge"), target=str(town.other_cell.id), basis=BASIS,
         day="25/11/2026", secretary=str(town.binh.id))  # fmt: skip

    town.db.rollback()
    assert len(names_in(town.db, town.other_cell)) == 6
    town.see(town.cell)
    assert town.cell.until == DAY - timedelta(days=1)
    held = select(Appointment).where(Appointment.until.is_(None))
    post = town.db.scalars(held.where(Appointment.unit_id == town.other_cell.id)).one()
    assert post.user_id == town.binh.id


def test_a_unit_that_is_not_theirs_is_not_there(town: World, as_: SignIn) -> None:
    section, cell = beside(town)
    phuc = as_(town.phuc)

    page = phuc.visit(path(cell, "merge"))
    assert "Chi bộ Văn phòng" not in page.text
    phuc.post(path(cell, "merge"), status=404, units=str(town.cell.id), target=str(cell.id),
              basis=BASIS, day="26/11/2026")  # fmt: skip
    phuc.post(path(cell, "move"), status=404, target=str(town.district.id), basis=BASIS,
              day="26/11/2026")  # fmt: skip
    phuc.post(path(cell, "merge"), status=404, units="nonsense", target=str(cell.id))
    phuc.post(path(section, "split"), status=403)


def test_two_cells_become_one_under_a_new_name(town: World, as_: SignIn) -> None:
    typed: dict[str, Any] = {"units": str(town.other_cell.id), "basis": BASIS, "day": "25/11/2026"}
    dung, url = as_(town.dung), path(town.cell, "consolidate")

    page = dung.post(url, status=422, **typed)
    assert "A new unit needs a name." in page.text
    page = does(dung, url, **typed, name="Chi bộ Văn phòng – Thanh tra",
                secretary=str(town.chi.id))  # fmt: skip

    assert "consolidated into Chi bộ Văn phòng – Thanh tra" in page.text
    town.db.rollback()
    new = town.db.scalars(select(Unit).where(Unit.name == "Chi bộ Văn phòng – Thanh tra")).one()
    assert len(names_in(town.db, new)) == 6


def test_a_cell_without_a_reviewer_is_warned_of(town: World, as_: SignIn) -> None:
    typed: dict[str, Any] = {"units": str(town.other_cell.id), "basis": BASIS, "name": "Chi bộ Mới"}

    page = as_(town.dung).post(path(town.cell, "consolidate"), day="25/11/2026", **typed)

    assert "Chi bộ Mới: nobody yet. Choose the secretary here" in page.text


def test_an_administrator_hears_of_rounds_only_how_many(town: World, as_: SignIn) -> None:
    town.round(title="Đợt đang mở")
    town.db.commit()

    page = as_(town.em).post(path(town.cell, "merge"), status=200, **merging(town))

    assert "1 open round that is not in your care goes over" in page.text
    assert "Đợt đang mở" not in page.text


def test_the_pages_ask_a_constant_number_of_questions(town: World, as_: SignIn, app: Flask) -> None:
    dung = as_(town.dung)
    asked = {
        "preview": _count(app, dung, town),
        "split": _opened(app, dung, path(town.cell, "split")),
    }
    for n in range(15):
        town.round(title=f"Đợt {n}")
        town.person(f"Người {n:b}", town.cell)
        town.person(f"Đồng chí {n:b}", town.other_cell)
        another_cell(town, f"Chi bộ {n}")
    town.db.commit()

    assert _opened(app, dung, path(town.cell, "split")) == asked["split"]
    assert asked["split"] <= 12
    assert _count(app, dung, town) - asked["preview"] <= 2, "the rounds, and whether they are seen"


def _count(app: Flask, browser: Browser, town: World) -> int:
    with counted_in(app) as sent:
        browser.post(path(town.cell, "merge"), status=200, **merging(town))
    return len(sent)


def _opened(app: Flask, browser: Browser, url: str) -> int:
    with counted_in(app) as sent:
        browser.client.get(url)
    return len(sent)


def test_a_button_pressed_twice_does_it_once(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)
    url = path(town.cell, "merge")
    shown = dung.post(url, status=200, step="look", **merging(town))
    sent = {**merging(town), "step": "do",
            "seen": shown.one("input", type="hidden", name="seen")["value"]}  # fmt: skip

    dung.post(url, status=200, **sent)
    page = dung.post(url, status=200, **sent)

    assert "Carried out." in page.text
    assert town.db.scalar(select(func.count()).select_from(Reorganization)) == 1


def test_all_that_is_missing_is_said_at_once(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(path(town.cell, "merge"), status=422, step="look",
                               target=str(town.cell.id), basis="", day="25/11/2026")  # fmt: skip

    assert "Choose at least one unit that is merged into another." in page.text
    assert "A reorganization needs a decision" in page.text
