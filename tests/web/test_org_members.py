"""Adding members, and correcting what is known about them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from studyhub.accounts import passwords
from studyhub.accounts.models import User
from studyhub.org.models import Standing
from tests.org.people import membership_of
from tests.web.conftest import SignIn
from tests.world import World

NEW: dict[str, Any] = {
    "full_name": "Mai  Văn Mới",
    "born_on": "5/9/68",
    "card_number": "0012 3456 7890",
    "phone": "0912 345 678",
    "email": "",
    "standing": "probationary",
    "group": "",
    "since": "25/11/2026",
    "basis": "Số 31-QĐ/ĐU",
}


def test_a_new_member_gets_a_password_that_is_shown_once(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)

    slip = dung.post(f"/org/units/{town.cell.id}/add-member", status=200, **NEW)

    password = slip.one("b", class_="code").text
    town.db.rollback()
    new = town.db.scalars(select(User).where(User.full_name == "Mai Văn Mới")).one()
    assert passwords.matches(new.password_hash, password)
    assert (new.card_number, new.born_on) == ("001234567890", date(1968, 9, 5))
    assert membership_of(town.db, new).standing is Standing.PROBATIONARY
    again = dung.visit("/org/slip")
    assert password not in again.source
    assert "shown once already" in again.text


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("full_name", "  ", "Type the full name."),
        ("card_number", "1234567", "8 or 12 digits"),
        ("email", "an@", "no e-mail address"),
        ("phone", "số nhà", "in digits"),
        ("born_on", "5/9/2015", "at least 18"),
        ("since", "hôm qua", "05/09/2026"),
    ],
)
def test_a_member_is_typed_carefully(
    town: World, as_: SignIn, field: str, typed: str, error: str
) -> None:
    page = as_(town.dung).post(
        f"/org/units/{town.cell.id}/add-member", status=422, **{**NEW, field: typed}
    )

    assert error in page.one("p", id=f"{field}-e").text
    assert page.one("input", id="phone")["value"] == {**NEW, field: typed}["phone"]


def test_a_card_number_that_is_taken_is_said_and_adds_nobody(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"/org/units/{town.cell.id}/add-member",
        status=422,
        **{**NEW, "card_number": town.an.card_number},
    )

    assert "already has this card number" in page.one("p", id="card_number-e").text
    town.db.rollback()
    assert town.db.scalars(select(User).where(User.full_name == "Mai Văn Mới")).first() is None


def test_somebody_without_card_and_mail_is_added_without_password(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"/org/units/{town.cell.id}/add-member", **{**NEW, "card_number": ""}
    )

    assert page.one("h1").text == "Mai Văn Mới"


def test_particulars_are_corrected(town: World, as_: SignIn) -> None:
    as_(town.dung).post(
        f"/org/members/{membership_of(town.db, town.an).id}/change",
        full_name="Nguyễn Văn Ân",
        born_on="05/09/1968",
        card_number="00123456",
        phone="",
        email="AN@example.vn",
    )

    town.see(town.an)
    assert (town.an.full_name, town.an.card_number) == ("Nguyễn Văn Ân", "00123456")
    assert town.an.email == "an@example.vn"
