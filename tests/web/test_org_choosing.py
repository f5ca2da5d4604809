"""Choosing a cell among thousands: part of its name is typed, then one is picked; no script."""

from flask import Flask

from studyhub.org.models import Membership, Unit, UnitKind
from studyhub.org.movements import FEW
from tests.org.people import membership_of
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, World


def many_cells(town: World) -> Unit:
    for number in range(3, FEW + 10):
        name = f"Chi bộ Thôn Đông {number}"
        place = {"path": f"1/{number}/", "parent": town.district, "since": LONG_AGO}
        town.db.add(Unit(kind=UnitKind.CELL, name=name, **place))
    one = Unit(path="1/99/", kind=UnitKind.CELL, name="Chi bộ Trường Mầm non Hoa Sen",
               parent=town.district, since=LONG_AGO)  # fmt: skip
    town.db.add(one)
    town.db.commit()
    return one


def asked(membership: Membership) -> str:
    return f"/org/members/{membership.id}/transfer"


def test_few_cells_stand_in_one_list(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit(asked(membership_of(town.db, town.an)))

    assert page.one("select", id="to")
    assert page.all("input", id="cell") == []


def test_many_cells_are_not_all_sent(town: World, as_: SignIn) -> None:
    many_cells(town)

    page = as_(town.dung).visit(asked(membership_of(town.db, town.an)))

    assert page.one("input", id="cell")["type"] == "search"
    assert page.all("select", id="to") == []
    assert "Thôn Đông" not in page.text


def test_the_only_one_called_so_is_picked(town: World, as_: SignIn) -> None:
    one = many_cells(town)

    page = as_(town.dung).visit(
        f"{asked(membership_of(town.db, town.an))}?cell=mam non&on=20/11/2026&basis=Số 21"
    )

    assert "Chi bộ Trường Mầm non Hoa Senfrom 20/11/2026" in page.text
    assert page.one("input", type="hidden", name="to")["value"] == str(one.id)
    assert page.one("input", type="hidden", name="cell")["value"] == "mam non"


def test_of_several_one_is_picked_and_the_transfer_done(town: World, as_: SignIn) -> None:
    many_cells(town)
    membership, dung = membership_of(town.db, town.an), as_(town.dung)

    page = dung.visit(f"{asked(membership)}?cell=thôn đông 1&to=&on=20/11/2026")

    choices = page.all("input", type="radio", name="to")
    assert 1 < len(choices) <= 20
    assert page.all("h2", id="preview-h") == []
    picked = choices[-1]["value"]
    page = dung.visit(f"{asked(membership)}?cell=thôn đông 1&to={picked}&on=20/11/2026")
    assert page.one("h2", id="preview-h")
    dung.post(asked(membership), cell="thôn đông 1", to=picked, on="20/11/2026")
    town.see(membership)
    assert str(membership_of(town.db, town.an).cell_id) == picked


def test_what_is_missing_or_not_found_is_said(town: World, as_: SignIn) -> None:
    many_cells(town)
    membership, dung = membership_of(town.db, town.an), as_(town.dung)

    page = dung.visit(f"{asked(membership)}?cell=&on=20/11/2026", status=422)
    assert "Type part of the name of the cell." in page.one("p", id="cell-e").text
    page = dung.visit(f"{asked(membership)}?cell=bưu điện&on=20/11/2026", status=422)
    assert "No other cell in your care is called so." in page.one("p", id="cell-e").text
    assert page.one("input", id="cell")["value"] == "bưu điện"
    dung.post(asked(membership), status=422, cell="bưu điện", on="20/11/2026")
    town.see(membership)
    assert membership.until is None


def test_a_cell_beside_cannot_be_slipped_in(town: World, as_: SignIn) -> None:
    many_cells(town)
    membership = membership_of(town.db, town.an)

    as_(town.dung).post(asked(membership), status=422, to=str(town.district.id), on="20/11/2026")

    town.see(membership)
    assert membership.until is None


def test_the_preview_asks_at_most_twelve_questions(town: World, as_: SignIn, app: Flask) -> None:
    many_cells(town)
    for number in range(20):
        town.round(title=f"Đợt {number}")
        town.round(title=f"Đợt sau {number}", is_open=False)
    town.db.commit()
    membership, dung = membership_of(town.db, town.an), as_(town.dung)

    with counted_in(app) as seen:
        page = dung.visit(f"{asked(membership)}?cell=mầm non&on=25/11/2026")

    assert page.one("h2", id="preview-h")
    assert len(seen) <= 12, "\n\n".join(seen)
