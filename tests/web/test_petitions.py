"""Requests of a cell on the pages: asked, seen by those who decide, approved by doing it."""

from datetime import date

import pytest
from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.org import petitioning, service
from studyhub.org.models import Exemption, Leaving, Unit, UnitKind
from studyhub.org.movements import FEW
from studyhub.org.petitions import Petition, PetitionState, Wish
from studyhub.rounds.models import Call, Summons
from tests.org.people import membership_of
from tests.web.browser import Page
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, NOW, TODAY, World


def asked(town: World, wish: Wish = Wish.TRANSFER) -> Petition:
    where = "Chi bộ Thanh tra" if wish is Wish.TRANSFER else ""
    petition = petitioning.ask(
        town.db, membership_of(town.db, town.an), wish=wish, since=TODAY, reason="Đổi công tác",
        by=town.actor(town.binh), now=NOW, destination=where,
    )  # fmt: skip
    town.db.commit()
    return petition


def leads(page: Page, words: str) -> str:
    """Where the link with these words leads."""
    return next(link["href"] for link in page.all("a") if link.text.strip() == words)


def state(town: World, petition: Petition) -> PetitionState:
    town.see(petition)
    return petition.state


def test_the_secretary_asks_from_the_page_of_the_member(town: World, as_: SignIn) -> None:
    member, binh = f"/org/members/{membership_of(town.db, town.an).id}", as_(town.binh)
    assert f"{member}/ask/transfer" in binh.visit(member).source

    page = binh.post(
        f"{member}/ask/transfer", destination="Đảng bộ phường Bến Nghé", since="1/12/2026",
        reason="Chuyển công tác",
    )  # fmt: skip

    assert "The request is sent to the committee above." in page.text
    assert "Waits for an answer" in page.text
    assert "waits for an answer" in binh.visit(member).text
    assert "Nguyễn Văn An" in as_(town.dung).visit("/org/petitions/").text


def test_what_is_missing_is_said_and_what_was_typed_is_kept(town: World, as_: SignIn) -> None:
    path = f"/org/members/{membership_of(town.db, town.an).id}/ask/transfer"

    page = as_(town.binh).post(path, destination="Đâu đó", since="31/2/2026", reason="")

    assert page.status == 422
    assert page.one("input", id="destination")["value"] == "Đâu đó"
    assert page.one("input", id="since")["value"] == "31/2/2026"


@pytest.mark.parametrize(("person", "status"), [("an", 403), ("chi", 404), ("dung", 403)])
def test_only_secretary_and_deputy_ask(town: World, as_: SignIn, person: str, status: int) -> None:
    path = f"/org/members/{membership_of(town.db, town.an).id}/ask/exemption"

    as_(getattr(town, person)).visit(path, status=status)


def test_there_are_no_other_wishes(town: World, as_: SignIn) -> None:
    path = f"/org/members/{membership_of(town.db, town.an).id}/ask/expulsion"

    as_(town.binh).visit(path, status=404)


def test_the_officer_sees_all_that_will_happen_then_does_it(town: World, as_: SignIn) -> None:
    town.round(title="Đợt đang mở")
    petition = asked(town)
    dung, path = as_(town.dung), f"/org/petitions/{petition.id}/transfer"
    to = str(town.other_cell.id)

    page = dung.visit(f"{path}?to={to}&on=25/11/2026&basis=S5")
    assert "Đợt đang mở (Chi bộ Văn phòng)" in page.text
    assert "from 25/11/2026" in page.text
    assert state(town, petition) is PetitionState.ASKED
    page = dung.post(path, to=to, on="25/11/2026", basis="Số 5-QĐ/ĐU")

    assert "Approved and carried out" in page.text
    assert state(town, petition) is PetitionState.APPROVED
    assert membership_of(town.db, town.an).cell.id == town.other_cell.id
    assert "Số 5-QĐ/ĐU" in as_(town.binh).visit(f"/org/petitions/{petition.id}").text


def test_a_refused_deed_leaves_the_request_open(town: World, as_: SignIn) -> None:
    petition = asked(town)

    page = as_(town.dung).post(
        f"/org/petitions/{petition.id}/transfer", to=str(town.other_cell.id), on="1/1/2019",
        basis="Số 5",
    )  # fmt: skip

    assert page.status == 422
    assert "first day in the cell" in page.text
    assert state(town, petition) is PetitionState.ASKED
    assert membership_of(town.db, town.an).cell.id == town.cell.id


def test_a_decision_has_a_number(town: World, as_: SignIn) -> None:
    petition = asked(town)

    page = as_(town.dung).post(
        f"/org/petitions/{petition.id}/transfer", to=str(town.other_cell.id), on="25/11/2026"
    )

    assert page.status == 422
    assert "Type number and day of the decision." in page.text


def test_to_a_place_outside_is_not_leaving_the_party(town: World, as_: SignIn) -> None:
    round_ = town.round()
    petition = asked(town)
    dung, path = as_(town.dung), f"/org/petitions/{petition.id}/approve"

    page = dung.visit(f"{path}?on=25/11/2026&basis=S5")
    assert "stays in the Party" in page.text
    listed = select(Summons).where(Summons.round_id == round_.id, Summons.user_id == town.an.id)
    summons = town.db.scalars(listed).one()
    dung.post(path, on="25/11/2026", basis="Số 5", change=str(summons.id))

    town.see(summons)
    latest = membership_of(town.db, town.an)
    assert (latest.leaving, latest.until) == (Leaving.MOVED_AWAY, date(2026, 11, 24))
    assert summons.call is Call.RELEASED
    page = dung.visit(f"/org/members/{latest.id}")
    assert "Transferred to an organization outside" in page.text
    assert "Moved away" in page.text
    assert "No longer a party member" not in page.text


def test_an_exemption_is_approved_with_the_rounds_that_are_ticked(town: World, as_: SignIn) -> None:
    round_ = town.round(title="Đợt đang mở")
    petition = asked(town, Wish.EXEMPTION)
    summons = town.db.scalars(
        select(Summons).where(Summons.round_id == round_.id, Summons.user_id == town.an.id)
    ).one()
    dung, path = as_(town.dung), f"/org/petitions/{petition.id}/approve"

    page = dung.visit(f"{path}?since=25/11/2026&until=&basis=S5")
    assert "Đợt đang mở" in page.text
    dung.post(path, since="25/11/2026", until="", basis="Số 5", change=str(summons.id))

    town.see(summons)
    exemption = town.db.scalars(select(Exemption)).one()
    assert (exemption.reason, exemption.basis) == ("Đổi công tác", "Số 5")
    assert summons.call is Call.EXEMPT
    assert state(town, petition) is PetitionState.APPROVED


def test_the_end_of_an_exemption_is_asked_and_approved(town: World, as_: SignIn) -> None:
    town.db.add(Exemption(user=town.an, since=date(2026, 1, 1), reason="Ốm"))
    petition = asked(town, Wish.END_OF_EXEMPTION)

    as_(town.dung).post(f"/org/petitions/{petition.id}/approve", until="30/11/2026", basis="Số 8")

    exemption = town.db.scalars(select(Exemption)).one()
    town.see(exemption)
    assert (exemption.until, exemption.until_basis) == (date(2026, 11, 30), "Số 8")


def test_declined_with_a_reason_that_the_cell_reads(town: World, as_: SignIn) -> None:
    petition = asked(town)
    dung, path = as_(town.dung), f"/org/petitions/{petition.id}/decline"
    assert dung.post(path, answer="").status == 422

    dung.post(path, answer="Chưa có giấy tờ")

    page = as_(town.binh).visit(f"/org/petitions/{petition.id}")
    assert "Declined" in page.text
    assert "Chưa có giấy tờ" in page.text
    as_(town.dung).post(path, answer="Lần nữa", status=422)


def test_the_cell_withdraws_it_and_may_ask_again(town: World, as_: SignIn) -> None:
    petition = asked(town)

    page = as_(town.giang).post(f"/org/petitions/{petition.id}/withdraw")

    assert "Withdrawn" in page.text
    assert "The cell may ask again at any time." in page.text


@pytest.mark.parametrize(
    ("person", "see", "decide"),
    [
        ("an", 404, 404),
        ("chi", 404, 404),
        ("phuc", 404, 404),
        ("giang", 200, 403),
        ("em", 200, 200),
    ],
)
def test_who_sees_and_who_decides(
    town: World, as_: SignIn, person: str, see: int, decide: int
) -> None:
    petition = asked(town)
    user: User = getattr(town, person)

    as_(user).visit(f"/org/petitions/{petition.id}", status=see)
    as_(user).visit(f"/org/petitions/{petition.id}/approve", status=decide)


def test_the_cell_that_was_named_is_chosen_already(town: World, as_: SignIn) -> None:
    petition = asked(town)

    page = as_(town.dung).visit(f"/org/petitions/{petition.id}/transfer")

    assert page.one("option", selected="")["value"] == str(town.other_cell.id)


def test_among_many_cells_those_are_shown_that_are_called_so(town: World, as_: SignIn) -> None:
    petition = asked(town)
    for number in range(FEW + 5):
        place = {"path": f"1/{number + 50}/", "parent": town.district, "since": LONG_AGO}
        town.db.add(Unit(kind=UnitKind.CELL, name=f"Chi bộ Thôn {number}", **place))
    town.db.commit()

    page = as_(town.dung).visit(f"/org/petitions/{petition.id}/transfer")

    assert page.one("input", id="cell")["value"] == "Chi bộ Thanh tra"
    assert page.one("input", type="radio", checked="")["value"] == str(town.other_cell.id)


def test_an_exemption_is_extended_from_the_day_after_its_end(town: World, as_: SignIn) -> None:
    service.exempt(
        town.db, town.an, since=TODAY, until=date(2026, 12, 31), reason="Ốm",
        by=town.actor(town.dung), now=NOW,
    )  # fmt: skip
    town.db.commit()
    member = f"/org/members/{membership_of(town.db, town.an).id}"
    binh, dung = as_(town.binh), as_(town.dung)

    for browser, words in ((binh, "Request an extension of the"), (dung, "Extend the")):
        page = browser.visit(leads(browser.visit(member), f"{words} exemption"))
        typed = [page.one("input", id=name)["value"] for name in ("since", "reason")]
        assert typed == ["01/01/2027", "Ốm"]

    dung.post(f"{member}/exempt", since="01/01/2027", until="", reason="Ốm", basis="")
    assert "Extend the exemption" not in dung.visit(member).text
