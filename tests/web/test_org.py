"""The tree and its pages, as people see and change them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from studyhub.org import service
from studyhub.org.models import Unit, UnitKind
from tests.org.people import membership_of
from tests.web.conftest import SignIn
from tests.world import NOW, TODAY, World


def test_an_officer_sees_the_whole_tree_with_its_figures(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit("/org/")

    links = page.all("a", class_="tap")
    assert [link.text for link in links if link["href"].startswith("/org/units/")] == [
        "Đảng bộ Sở Mẫu",
        "Chi bộ Văn phòng",
        "Chi bộ Thanh tra",
    ]
    assert "2 cells, 6 members" in page.text


def test_a_member_sees_the_own_cell_by_names_and_posts_only(town: World, as_: SignIn) -> None:
    town.binh.phone = "0903 111 222"
    town.db.commit()
    an = as_(town.an)

    page = an.visit(f"/org/units/{town.cell.id}")

    assert "Lê Quang BìnhSecretary" in page.text
    for secret in (town.binh.phone, town.binh.card_number, town.binh.email, "Official"):
        assert (secret or "!") not in page.text
    assert "Chi bộ Thanh tra" not in an.visit("/org/").text
    an.visit(f"/org/units/{town.other_cell.id}", status=404)


def test_the_search_is_offered_to_those_who_would_find_others(town: World, as_: SignIn) -> None:
    assert as_(town.binh).visit("/org/").all("input", id="q")
    assert not as_(town.an).visit("/org/").all("input", id="q")


def test_on_a_phone_more_is_marked_where_a_page_stands_behind_it(town: World, as_: SignIn) -> None:
    an = as_(town.an)

    assert an.visit("/org/").one("a", href="/more")["aria-current"] == "true"
    assert "aria-current" not in an.visit("/essays/").one("a", href="/more").attrs


def test_the_leaders_of_a_cell_see_how_to_reach_its_members(town: World, as_: SignIn) -> None:
    town.an.phone = "0903 111 222"
    town.db.commit()
    binh = as_(town.binh)

    page = binh.visit(f"/org/units/{town.cell.id}")

    assert "0903 111 222" in page.text
    assert "Add a member" not in page.text
    binh.visit(f"/org/units/{town.cell.id}/add-member", status=403)


def test_a_page_of_a_person_is_open_to_the_person_and_to_those_above(
    town: World, as_: SignIn
) -> None:
    page = f"/org/members/{membership_of(town.db, town.an).id}"

    for person, status in (
        (town.an, 200),
        (town.binh, 200),
        (town.phuc, 200),
        (town.em, 200),
        (town.lan, 404),
        (town.chi, 404),
    ):
        as_(person).visit(page, status=status)


def test_a_search_needs_no_accents_and_stays_within_what_one_may_see(
    town: World, as_: SignIn
) -> None:
    found = as_(town.dung).visit("/org/?q=vu+thi")
    hidden = as_(town.binh).visit("/org/?q=vu+thi")

    assert "Vũ Thị Hoa" in found.text
    assert "Vũ Thị Hoa" not in hidden.text
    assert "Nobody found" in hidden.text


def test_an_outside_officer_stands_on_the_page_of_the_unit(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit(f"/org/units/{town.district.id}")

    assert "Hoàng Tiến DũngCommittee officer" in page.text


def test_words_of_the_data_are_shown_as_they_are(town: World, as_: SignIn) -> None:
    town.cell.name = "Chi bộ <b>100%</b>"
    town.db.commit()
    dung = as_(town.dung)

    for address in ("/org/", f"/org/units/{town.cell.id}", f"/org/units/{town.cell.id}/posts"):
        assert "Chi bộ <b>100%</b>" in dung.visit(address).text


def test_an_officer_founds_a_cell(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"/org/units/{town.district.id}/add-unit",
        kind="cell",
        name="Chi bộ Mới",
        short_name="",
        since="01/12/2026",
    )

    assert (page.status, page.one("h1").text) == (200, "Chi bộ Mới")
    town.db.rollback()
    unit = town.db.scalars(select(Unit).where(Unit.name == "Chi bộ Mới")).one()
    assert (unit.path, unit.since) == ("1/3/", date(2026, 12, 1))


def test_units_founded_at_the_same_time_get_places_of_their_own(town: World, as_: SignIn) -> None:
    address = f"/org/units/{town.district.id}/add-unit"
    officers = [as_(town.dung) for _ in range(4)]
    typed: dict[str, Any] = {"kind": "cell", "short_name": "", "since": "01/12/2026"}

    with ThreadPoolExecutor() as at_once:
        posted = [
            at_once.submit(officer.post, address, name=f"Chi bộ {number}", **typed)
            for number, officer in enumerate(officers)
        ]
        assert [page.result().status for page in posted] == [200] * 4

    town.db.rollback()
    paths = town.db.scalars(select(Unit.path).where(Unit.parent_id == town.district.id))
    assert sorted(paths) == [f"1/{place}/" for place in range(1, 7)]


def test_what_was_typed_comes_back_with_the_error_beside_it(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"/org/units/{town.district.id}/add-unit",
        status=422,
        kind="cell",
        name="Chi bộ Mới",
        short_name="Mới",
        since="31/02/2026",
    )

    assert page.one("input", id="name")["value"] == "Chi bộ Mới"
    assert page.one("input", id="since")["value"] == "31/02/2026"
    assert "no such day" in page.one("p", id="since-e").text


@pytest.mark.parametrize("since", ["", "   "])
def test_a_day_must_be_typed(town: World, as_: SignIn, since: str) -> None:
    page = as_(town.dung).post(
        f"/org/units/{town.district.id}/add-unit", status=422, kind="cell", name="X", since=since
    )

    assert page.one("p", id="since-e").text == "Type the day."


def test_a_unit_is_renamed(town: World, as_: SignIn) -> None:
    as_(town.em).post(
        f"/org/units/{town.cell.id}/change", name="Chi bộ Văn phòng Sở", short_name="VP"
    )

    town.see(town.cell)
    assert (town.cell.name, town.cell.label) == ("Chi bộ Văn phòng Sở", "VP")


def test_the_page_of_a_group_is_that_of_its_cell(town: World, as_: SignIn) -> None:
    group = service.found_unit(
        town.db, town.cell, kind=UnitKind.GROUP, name="Tổ 1", since=TODAY, by=None, now=NOW
    )
    town.db.commit()

    page = as_(town.dung).visit(f"/org/units/{group.id}")

    assert page.one("h1").text == "Chi bộ Văn phòng"
    assert "Tổ 1" in page.text
