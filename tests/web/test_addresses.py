"""One's own e-mail address, the letters to it, and a forgotten password."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from studyhub.kernel.clock import StoppedClock
from studyhub.org.models import Membership
from tests.mail.receiver import Receiver, link_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.web.mailing import send
from tests.world import NOW, PASSWORD, World


def test_one_gives_another_address_and_confirms_it_by_its_letter(
    town: World, as_: SignIn, visitor: Browser, post: Receiver, app: Flask
) -> None:
    an = as_(town.an)
    wrong = an.post("/account/address", status=422, email="an@example.vn", present="wrong")
    told = an.post("/account/address", status=200, email="an@example.vn", present=PASSWORD)
    send(app)
    link = link_in(post.last())
    code = visitor.visit(link).one("input", name="code")["value"]

    confirmed = visitor.post("/account/address/confirm", code=code, status=200)
    again = visitor.post("/account/address/confirm", code=code, status=422)

    assert "not your present password" in wrong.text
    assert "A letter has gone to an@example.vn" in told.text
    assert "The address is confirmed" in confirmed.source
    assert "leads nowhere" in again.text
    assert "confirmed on 25/11/2026" in an.visit("/account").text


def test_an_address_of_somebody_else_is_refused_only_to_whoever_reads_its_letters(
    town: World, as_: SignIn, post: Receiver, app: Flask
) -> None:
    an = as_(town.an)
    asked = an.post("/account/address", status=200, email=town.lan.email, present=PASSWORD)
    send(app)

    code = link_in(post.last()).partition("code=")[2]
    refused = an.post("/account/address/confirm", code=code, status=422)

    assert "Another person" not in asked.text
    assert "Another person already has this e-mail address." in refused.text


@pytest.mark.parametrize("typed", ["", "an", "an@", "an@b", "a b@example.vn", "a@b.vn, c@d.vn"])
def test_what_is_no_address_is_refused(
    town: World, as_: SignIn, post: Receiver, typed: str
) -> None:
    as_(town.an).post("/account/address", status=422, email=typed, present=PASSWORD)


def test_an_address_is_removed_by_whoever_knows_the_password(
    town: World, as_: SignIn, post: Receiver
) -> None:
    an = as_(town.an)

    an.post("/account/address/remove", status=422, present="wrong")
    an.post("/account/address/remove", status=200, present=PASSWORD)

    town.see(town.an)
    assert town.an.email is None


def test_the_switch_of_the_letters(town: World, as_: SignIn, post: Receiver) -> None:
    town.an.email_confirmed_at = NOW
    town.db.commit()
    an = as_(town.an)
    on = an.visit("/account").all("input", name="receipts", checked="")

    off = an.post("/account/letters", status=200)

    assert len(on) == 1
    assert off.all("input", name="receipts", checked="") == []
    town.see(town.an)
    assert not town.an.receipts_by_mail


def test_known_unknown_and_unconfirmed_are_answered_alike_and_one_gets_a_letter(
    town: World, visitor: Browser, post: Receiver, app: Flask
) -> None:
    town.an.email_confirmed_at = NOW
    town.db.commit()

    pages = {
        visitor.post("/sign-in/forgotten", name=name, status=200).text
        for name in (town.an.email, town.an.card_number, town.lan.email, "nobody@example.vn")
    }
    send(app)

    assert len(pages) == 1
    assert len(post.letters) == 1


def test_asking_over_and_over_is_stopped(
    town: World, visitor: Browser, post: Receiver, clock: StoppedClock
) -> None:
    for _ in range(5):
        visitor.post("/sign-in/forgotten", name="nobody@example.vn")
        clock.advance(seconds=30)

    visitor.post("/sign-in/forgotten", name="nobody@example.vn", status=429)
    visitor.post("/sign-in/forgotten", name=town.an.email, status=200)


def test_a_new_password_by_mail_and_what_is_wrong_does_not_use_the_link_up(
    town: World, as_: SignIn, visitor: Browser, post: Receiver, app: Flask
) -> None:
    town.an.email_confirmed_at = NOW
    town.db.commit()
    elsewhere = as_(town.an)
    visitor.post("/sign-in/forgotten", name=town.an.card_number)
    send(app)
    link = link_in(post.last())
    code = visitor.visit(link).one("input", name="code")["value"]
    fields: dict[str, Any] = {"code": code, "new": "một câu ngắn", "again": "một câu ngắn"}

    weak = visitor.post(
        "/sign-in/new-password", **{**fields, "new": "12345678", "again": "12345678"}
    )
    home = visitor.post("/sign-in/new-password", status=200, **fields)
    again = visitor.post("/sign-in/new-password", status=422, **fields)

    assert weak.status == 422
    assert "guessed first" in weak.text
    assert "Nguyễn Văn An" in home.text
    assert "leads nowhere" in again.text
    assert "leads nowhere" in visitor.visit(link).text
    assert elsewhere.visit("/account").one("input", id="name")


def test_the_language_of_letters_is_the_one_chosen_for_pages(town: World, as_: SignIn) -> None:
    as_(town.an).post("/preferences", language="en")

    town.see(town.an)
    assert town.an.language == "en"


def test_that_somebody_has_no_address_is_recorded_by_the_register(town: World, as_: SignIn) -> None:
    mine = select(Membership.id).where(Membership.user_id == town.an.id)
    page, em = f"/org/members/{town.db.scalar(mine)}/change", as_(town.em)
    told = {"full_name": "Nguyễn Văn An", "card_number": town.an.card_number, "has_no_email": "y"}

    both = em.post(page, status=422, email="an@example.vn", **told)
    em.post(page, status=200, email="", **told)

    town.see(town.an)
    assert "An address is typed above" in both.text
    assert (town.an.email, town.an.has_no_email) == (None, True)
