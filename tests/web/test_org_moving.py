"""Transfer, leaving and suspension, on the pages of a person."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from studyhub.kernel.actor import Post
from studyhub.kernel.clock import StoppedClock
from studyhub.org import service
from studyhub.org.models import Appointment, Exemption, Membership, Unit, UnitKind
from tests.org.people import membership_of
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, PASSWORD, TODAY, World


def page_of(town: World, membership: Membership) -> str:
    return f"/org/members/{membership.id}"


def beside(town: World) -> Unit:
    """A section of the district with a cell of its own, kept by Phuc as well."""
    section = service.found_unit(
        town.db, town.district, kind=UnitKind.SECTION, name="Đảng bộ bộ phận", since=TODAY,
        by=None, now=NOW,
    )  # fmt: skip
    cell = service.found_unit(
        town.db, section, kind=UnitKind.CELL, name="Chi bộ Bộ phận", since=TODAY, by=None, now=NOW
    )
    town.db.add(Appointment(user=town.phuc, unit=section, post=Post.OFFICER, since=TODAY))
    town.db.commit()
    return cell


def test_all_that_will_happen_is_shown_before_anything_is_done(town: World, as_: SignIn) -> None:
    town.round(title="Đợt đang mở")
    town.round(title="Đợt sắp tới", is_open=False)
    town.db.commit()
    membership = membership_of(town.db, town.binh)
    asked = f"{page_of(town, membership)}/transfer?to={town.other_cell.id}&on=20/11/2026&basis=S21"

    page = as_(town.dung).visit(asked)

    assert "until 19/11/2026" in page.text
    assert "from 20/11/2026" in page.text
    assert "This post ends: Secretary" in page.text
    assert "Đợt đang mở (Chi bộ Văn phòng)" in page.text
    assert "“Đợt sắp tới”, list as of 25/11/2026, will take the person in Chi bộ Thanh tra" in (
        page.text
    )
    assert page.one("input", type="hidden", name="on")["value"] == "20/11/2026"
    town.see(membership)
    assert membership.until is None


def test_an_administrator_hears_of_rounds_only_how_many(town: World, as_: SignIn) -> None:
    town.round(title="Đợt đang mở")
    town.round(title="Đợt sắp tới", is_open=False)
    town.db.commit()
    membership = membership_of(town.db, town.an)

    page = as_(town.em).visit(
        f"{page_of(town, membership)}/transfer?to={town.other_cell.id}&on=20/11/2026"
    )

    assert "1 round that is not in your care" in page.text
    assert "Đợt" not in page.text


def test_a_member_is_transferred_and_the_history_tells_it(town: World, as_: SignIn) -> None:
    old = membership_of(town.db, town.an)
    dung = as_(town.dung)

    page = dung.post(
        f"{page_of(town, old)}/transfer",
        to=str(town.other_cell.id),
        on="20/11/2026",
        basis="Số 21-QĐ/ĐU",
    )

    assert "20/11/2026 · from Chi bộ Văn phòng to Chi bộ Thanh tra · Số 21-QĐ/ĐU" in page.text
    town.see(old)
    assert old.until == date(2026, 11, 19)
    assert "Nguyễn Văn An" not in dung.visit(f"/org/units/{town.cell.id}").text
    assert "Nguyễn Văn An" in dung.visit(f"/org/units/{town.other_cell.id}").text


def test_a_transfer_is_taken_back_and_both_are_told(town: World, as_: SignIn) -> None:
    old = membership_of(town.db, town.an)
    dung = as_(town.dung)
    dung.post(f"{page_of(town, old)}/transfer", to=str(town.other_cell.id), on="20/11/2026")
    town.see(old)
    new = membership_of(town.db, town.an)
    assert "Take the transfer of 20/11/2026 back" in dung.visit(page_of(town, new)).text

    page = dung.post(f"{page_of(town, new)}/take-back-transfer")

    assert "Transfer taken back" in page.text
    assert "Official transfer" in page.text
    town.see(new)
    assert new.cell.id == town.cell.id
    dung.post(f"{page_of(town, new)}/take-back-transfer", status=404)


def test_until_the_day_the_person_stays_with_the_old_cell(town: World, as_: SignIn) -> None:
    old = membership_of(town.db, town.an)
    as_(town.dung).post(
        f"{page_of(town, old)}/transfer", to=str(town.other_cell.id), on="5/12/2026"
    )

    page = as_(town.binh).visit(page_of(town, old))

    assert "From 05/12/2026: Chi bộ Thanh tra, by official transfer." in page.text
    assert "Official member" in page.text
    town.see(old)
    page = as_(town.dung).visit(page_of(town, membership_of(town.db, town.an)))
    assert "Take the transfer of 05/12/2026 back" in page.text
    assert "Take the end back" not in page.text


def test_an_officer_transfers_within_the_branch_only(town: World, as_: SignIn) -> None:
    cell = beside(town)
    newcomer = town.person("Mai Văn Mới", cell)
    town.db.commit()
    membership = membership_of(town.db, newcomer)
    phuc = as_(town.phuc)

    assert "no other cell in your care" in phuc.visit(f"{page_of(town, membership)}/transfer").text
    phuc.post(
        f"{page_of(town, membership)}/transfer",
        status=422,
        to=str(town.cell.id),
        on="26/11/2026",
    )
    an = membership_of(town.db, town.an)
    phuc.post(f"{page_of(town, an)}/transfer", status=403, to=str(cell.id), on="26/11/2026")
    town.see(membership)
    assert membership.until is None


def test_a_transfer_into_the_branch_is_not_taken_back_by_its_officer_alone(
    town: World, as_: SignIn
) -> None:
    cell = beside(town)
    service.transfer(town.db, membership_of(town.db, town.an), cell, on=TODAY, by=None, now=NOW)
    town.db.commit()
    new = membership_of(town.db, town.an)
    phuc = as_(town.phuc)

    assert "Take the transfer" not in phuc.visit(page_of(town, new)).text
    phuc.post(f"{page_of(town, new)}/take-back-transfer", status=403)


def test_what_cannot_be_is_said_beside_its_field(town: World, as_: SignIn) -> None:
    membership = membership_of(town.db, town.an)
    dung = as_(town.dung)
    asked = f"{page_of(town, membership)}/transfer"

    page = dung.visit(f"{asked}?to={town.other_cell.id}&on=1/1/2020&basis=Số 7", status=422)
    assert "comes after the first day in the cell, 01/01/2020" in page.text
    assert page.one("input", id="basis")["value"] == "Số 7"

    page = dung.visit(f"{asked}?to=&on=99/1/2020", status=422)
    assert "Choose the cell." in page.text


def test_the_preview_asks_a_constant_number_of_questions(
    town: World, as_: SignIn, app: Flask
) -> None:
    for n in range(20):
        cell = service.found_unit(
            town.db, town.district, kind=UnitKind.CELL, name=f"Chi bộ {n}", since=TODAY,
            by=None, now=NOW,
        )  # fmt: skip
        town.round(title=f"Đợt {n}")
        town.round(title=f"Đợt sau {n}", is_open=False)
    town.db.commit()
    membership = membership_of(town.db, town.an)
    dung = as_(town.dung)

    with counted_in(app) as seen:
        dung.visit(f"{page_of(town, membership)}/transfer?to={cell.id}&on=25/11/2026")

    assert len(seen) <= 12, "\n".join(seen)


def test_a_member_is_suspended_and_the_suspension_ended(town: World, as_: SignIn) -> None:
    membership = membership_of(town.db, town.an)
    dung = as_(town.dung)
    dung.post(
        f"{page_of(town, membership)}/suspend", status=422, reason="Vi phạm", since="1/11/2026",
        basis="",
    )  # fmt: skip

    page = dung.post(
        f"{page_of(town, membership)}/suspend",
        reason="Vi phạm",
        since="1/11/2026",
        until="1/2/2027",
        basis="Số 5-QĐ/UBKT",
    )

    assert "Suspended from party activity 01/11/2026 to 01/02/2027: Vi phạm" in page.text
    assert "Suspended" in dung.visit(f"/org/units/{town.cell.id}").text
    town.db.rollback()
    row = town.db.scalars(select(Exemption)).one()
    ending = f"{page_of(town, membership)}/exemptions/{row.id}/end"
    assert "is suspended since 01/11/2026" in dung.visit(ending).text
    page = dung.post(ending, until="20/11/2026", basis="Số 8-QĐ/UBKT")
    assert "Suspension ended" in page.text


def test_whoever_leaves_signs_in_until_the_last_day_and_not_after_it(
    town: World, as_: SignIn, visitor: Browser, clock: StoppedClock
) -> None:
    town.round(title="Đợt đang mở")
    town.db.commit()
    membership = membership_of(town.db, town.an)
    dung, an = as_(town.dung), as_(town.an)

    dung.post(f"{page_of(town, membership)}/end", reason="resigned", until="25/11/2026")

    an.visit("/account")
    clock.moment = NOW + timedelta(hours=15)  # midnight in Hà Nội
    assert an.visit("/account").one("h1").text != "My account"
    visitor.post("/sign-in", status=422, name=town.an.card_number, password=PASSWORD)

    dung.post(f"{page_of(town, membership)}/take-back")
    as_(town.an).visit("/account")


def test_leaving_is_named(town: World, as_: SignIn) -> None:
    membership = membership_of(town.db, town.an)

    page = as_(town.dung).post(f"{page_of(town, membership)}/end", status=422, until="25/11/2026")

    assert "Choose how the membership ends." in page.text
    town.see(membership)
    assert membership.until is None
