"""A split and a dissolution on their pages: everybody is given a place, from the roster."""

from typing import Any

from sqlalchemy import select

from studyhub.org.models import Unit
from tests.reorganization.office import BASIS, names_in
from tests.web.conftest import SignIn
from tests.web.reorganizing import another_cell, does, path
from tests.world import World


def test_a_cell_is_divided_from_its_roster(town: World, as_: SignIn) -> None:
    dung, url = as_(town.dung), path(town.cell, "split")
    typed: dict[str, Any] = {
        "founded-0-name": "Chi bộ Hai", f"place-{town.an.id}": "new0",
        f"place-{town.giang.id}": "new0", "goes_on": "y", "basis": BASIS, "day": "25/11/2026",
    }  # fmt: skip

    page = dung.post(url, status=200, **typed)
    assert "Chi bộ Văn phòng2 members" in page.text
    assert "Chi bộ Hai2 members" in page.text
    coming = [e["value"] for e in page.all("option") if e.text.endswith("Giang")]
    assert coming == [str(town.giang.id)]

    does(dung, url, **(typed | {"founded-0-secretary": str(town.giang.id)}))
    town.db.rollback()
    new = town.db.scalars(select(Unit).where(Unit.name == "Chi bộ Hai")).one()
    assert names_in(town.db, new) == ["An", "Giang"]


def test_the_form_of_a_split_grows_and_keeps_what_was_chosen(town: World, as_: SignIn) -> None:
    dung, url = as_(town.dung), path(town.cell, "split")
    typed: dict[str, Any] = {
        "founded-0-name": "Một",
        f"place-{town.an.id}": "new0",
        "basis": BASIS,
        "day": "x",
    }

    page = dung.post(url, status=200, step="add", **typed)

    assert page.one("input", id="founded-0-name")["value"] == "Một"
    assert page.one("input", id="founded-1-name")["value"] == ""
    assert page.one("input", id="day")["value"] == "x"
    assert page.one("b", data_count="new0").text == "1"
    typed |= {"founded-1-name": "Hai", "day": "25/11/2026"}

    page = dung.post(url, status=422, **typed)
    assert "Nobody has been given a place in Hai." in page.one("p", id="parts-e").text
    typed[f"place-{town.lan.id}"] = "new1"
    page = dung.post(url, status=422, **typed)
    assert "2 have no place yet." in page.one("p", id="parts-e").text
    page = dung.post(url, status=200, step="rest:new1", **typed)
    assert page.one("b", data_count="new1").text == "3"


def test_a_cell_is_dissolved_member_by_member(town: World, as_: SignIn) -> None:
    third = another_cell(town, "Chi bộ Ba")
    dung, url = as_(town.dung), path(town.other_cell, "dissolve")
    typed = {"basis": BASIS, "day": "25/11/2026", f"place-{town.hoa.id}": str(third.id)}

    page = dung.post(url, status=422, **typed)
    assert "1 have no place yet." in page.text
    does(dung, url, **typed, target=str(town.cell.id))

    town.db.rollback()
    assert names_in(town.db, third) == ["Hoa"]
    assert "Chi" in names_in(town.db, town.cell)
