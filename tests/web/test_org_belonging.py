"""Recognition, exemption, and the end of a membership, on the page of a person."""

from datetime import date

from sqlalchemy import select

from studyhub.org import service
from studyhub.org.models import Exemption, Leaving, Membership, Standing
from tests.org.people import membership_of
from tests.web.conftest import SignIn
from tests.world import NOW, TODAY, World


def probationer(town: World) -> Membership:
    person = town.person("Mai Văn Mới", town.cell, standing=Standing.PROBATIONARY)
    town.db.commit()
    return membership_of(town.db, person)


def test_a_probationary_member_is_recognised(town: World, as_: SignIn) -> None:
    membership = probationer(town)

    page = as_(town.dung).post(
        f"/org/members/{membership.id}/recognise", on="25/11/2026", basis="Số 12-QĐ/ĐU"
    )

    assert "25/11/2026 · Chi bộ Văn phòng · Số 12-QĐ/ĐU" in page.text
    town.see(membership)
    assert membership.until == date(2026, 11, 24)
    assert membership_of(town.db, membership.user).standing is Standing.OFFICIAL


def test_what_is_done_already_is_not_asked_again(town: World, as_: SignIn) -> None:
    member = f"/org/members/{membership_of(town.db, town.an).id}"
    dung = as_(town.dung)

    assert dung.visit(f"{member}/recognise").one("h1").text == "Nguyễn Văn An"

    dung.post(f"{member}/end", until="25/11/2026", reason="resigned")
    assert dung.visit(f"{member}/end").one("h1").text == "Nguyễn Văn An"


def test_an_old_address_of_a_person_leads_to_the_present_one(town: World, as_: SignIn) -> None:
    membership = probationer(town)
    dung = as_(town.dung)
    dung.post(f"/org/members/{membership.id}/recognise", on="25/11/2026", basis="")

    page = dung.visit(f"/org/members/{membership.id}")

    assert "Official member" in page.text


def test_a_cell_that_was_left_learns_nothing_new(town: World, as_: SignIn) -> None:
    old = membership_of(town.db, town.an)
    service.end_membership(town.db, old, until=date(2026, 5, 19), by=None, now=NOW)
    service.admit(
        town.db,
        town.an,
        town.other_cell,
        standing=Standing.OFFICIAL,
        since=TODAY,
        by=None,
        now=NOW,
    )
    town.an.phone = "0903 111 222"
    town.db.commit()

    page = as_(town.binh).visit(f"/org/members/{old.id}")

    assert "not in your care" in page.text
    assert "0903 111 222" not in page.text
    assert "Chi bộ Thanh tra" not in page.text


def test_a_membership_is_ended_and_the_end_taken_back(town: World, as_: SignIn) -> None:
    membership = membership_of(town.db, town.an)
    dung = as_(town.dung)
    assert "Nothing is deleted" in dung.visit(f"/org/members/{membership.id}/end").text

    page = dung.post(
        f"/org/members/{membership.id}/end",
        reason="removed",
        until="24/11/2026",
        basis="Số 9-QĐ/ĐU",
    )
    assert "Struck off the list (Số 9-QĐ/ĐU)" in page.text
    town.see(membership)
    assert (membership.until, membership.leaving) == (date(2026, 11, 24), Leaving.REMOVED)
    assert "Nguyễn Văn An" not in dung.visit(f"/org/units/{town.cell.id}").text

    dung.post(f"/org/members/{membership.id}/take-back")
    town.see(membership)
    assert membership.until is None


def test_a_refused_end_keeps_what_was_typed(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"/org/members/{membership_of(town.db, town.an).id}/end",
        status=422,
        reason="died",
        until="1/1/2019",
        basis="Số 9",
    )

    assert "must not be before the first, 01/01/2020" in page.text
    assert page.one("input", id="basis")["value"] == "Số 9"


def test_a_member_is_exempt_for_a_time(town: World, as_: SignIn) -> None:
    membership = membership_of(town.db, town.an)
    dung = as_(town.dung)

    page = dung.post(
        f"/org/members/{membership.id}/exempt",
        reason="Tuổi cao",
        since="01/11/2026",
        until="",
        basis="Số 3-QĐ/ĐU",
    )
    assert "since 01/11/2026: Tuổi cao (Số 3-QĐ/ĐU)" in page.text

    town.db.rollback()
    exemption = town.db.scalars(select(Exemption)).one()
    dung.post(
        f"/org/members/{membership.id}/exemptions/{exemption.id}/end",
        until="24/11/2026",
        basis="",
    )
    town.see(exemption)
    assert exemption.until == date(2026, 11, 24)


def test_an_exemption_is_reached_through_its_own_person_only(town: World, as_: SignIn) -> None:
    exemption = service.exempt(town.db, town.hoa, since=TODAY, reason="Ốm", by=None, now=NOW)
    town.db.commit()

    as_(town.dung).visit(
        f"/org/members/{membership_of(town.db, town.an).id}/exemptions/{exemption.id}/end",
        status=404,
    )
