"""The pages of the tree: level by level, on any day, to print; and what a search shows."""

from datetime import date

import pytest
from flask import Flask

from studyhub.kernel.ids import new_uuid
from studyhub.org import branches
from studyhub.org.models import Unit, UnitKind
from studyhub.org.succession import Act, FormerPlace, Reorganization, Stage
from tests.statements import counted_in
from tests.web.browser import Page
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, NOW, World


def links(page: Page) -> list[str]:
    """The units that are linked."""
    found = page.all("a", class_="tap")
    return [link.text for link in found if link["href"].startswith("/org/units/")]


@pytest.fixture
def commune(town: World) -> Unit:
    """A commune with three cells below the district."""
    unit = Unit(
        path="1/3/", kind=UnitKind.PARTY_ORG, name="Đảng bộ xã Mẫu", parent=town.district,
        since=LONG_AGO,
    )  # fmt: skip
    for place in (1, 2, 3):
        cell = Unit(
            path=f"1/3/{place}/", kind=UnitKind.CELL, name=f"Chi bộ thôn {place}", parent=unit,
            since=LONG_AGO,
        )  # fmt: skip
        town.person(f"Nguyễn Thị {('Hạnh', 'Lan', 'Mai')[place - 1]}", cell)
    town.db.commit()
    return unit


def test_what_has_no_room_is_opened_on_a_page_of_its_own(
    town: World, as_: SignIn, commune: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branches, "ROOM", 5)
    dung = as_(town.dung)

    page = dung.visit("/org/")
    assert "Chi bộ thôn 1" not in page.text
    assert "5 cells, 9 members" in page.text
    way = page.one("a", class_="twig")["href"]
    assert way == f"/org/units/{commune.id}/tree"

    page = dung.visit(way)
    assert page.one("h1").text == "Đảng bộ xã Mẫu"
    assert links(page) == [
        "Đảng bộ xã Mẫu", "Chi bộ thôn 1", "Chi bộ thôn 2", "Chi bộ thôn 3",
    ]  # fmt: skip
    assert page.all("ul", id=f"b-{commune.id}")


def test_the_whole_tree_is_there_to_print(
    town: World, as_: SignIn, commune: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branches, "ROOM", 1)

    page = as_(town.dung).visit("/org/?whole=1")

    assert "Chi bộ thôn 3" in page.text
    assert "Lê Quang Bình" in page.text
    branch = as_(town.dung).visit(f"/org/units/{commune.id}/tree?whole=1")
    assert "Chi bộ thôn 3" in branch.text
    assert "Chi bộ Văn phòng" not in branch.text


@pytest.mark.parametrize("typed", ["31/12/2025", "2025-12-31", "31122025"])
def test_the_tree_is_shown_as_it_was_on_a_day(
    town: World, as_: SignIn, commune: Unit, typed: str
) -> None:
    act = Reorganization(
        id=new_uuid(), act=Act.RENAME, stage=Stage.DONE, day=date(2026, 1, 1), planned_at=NOW,
        plan={}, before={},
    )  # fmt: skip
    town.db.add(act)
    town.db.flush()
    town.db.add(
        FormerPlace(
            unit_id=commune.id, reorganization_id=act.id, until=date(2025, 12, 31), path="1/3/",
            name="Đảng bộ xã Cũ",
        )
    )  # fmt: skip
    town.db.commit()

    then = as_(town.dung).visit(f"/org/?on={typed}")

    assert "Đảng bộ xã Cũ" in then.text
    assert "as it was on 31/12/2025" in then.text
    assert then.one("input", id="on")["value"] == typed
    assert "Đảng bộ xã Mẫu" in as_(town.dung).visit("/org/?on=01/01/2026").text


def test_a_day_that_is_none_is_said_and_kept(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit("/org/?on=31/02/2025", status=422)

    assert page.one("input", id="on")["value"] == "31/02/2025"
    assert "no such day" in page.one("p", id="on-e").text
    assert "Chi bộ Văn phòng" in page.text


def test_before_there_was_anything_the_page_says_so(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit("/org/?on=01/01/1999")

    assert "There was nothing here on that day" in page.text


def test_units_and_people_are_found_in_one_field(town: World, as_: SignIn, commune: Unit) -> None:
    page = as_(town.dung).visit("/org/?q=hanh")
    assert "Nguyễn Thị Hạnh" in page.text
    page = as_(town.dung).visit("/org/?q=thon+2")
    assert links(page) == ["Chi bộ thôn 2"]
    assert commune.name in page.text
    assert "No member is called so." in page.text
    assert "Nobody found" in as_(town.binh).visit("/org/?q=thon+2").text


@pytest.mark.parametrize("page", ["/org/", "/org/?q=thi", "/org/?whole=1", "/org/?q=n"])
def test_the_pages_ask_a_constant_number_of_questions(
    town: World, as_: SignIn, app: Flask, page: str
) -> None:
    dung = as_(town.dung)

    def questions() -> int:
        with counted_in(app) as sent:
            dung.client.get(page)
        return len(sent)

    before = questions()
    for number in range(3, 40):
        unit = Unit(
            path=f"1/{number}/", kind=UnitKind.CELL, name=f"Chi bộ Thị {number}",
            parent=town.district, since=LONG_AGO,
        )  # fmt: skip
        town.person(f"Nguyễn Thị N{'a' * number}", unit)
    town.db.commit()

    assert questions() == before <= 12
