"""The page of the outbox, and pages without a mail server."""

from flask import Flask, url_for
from sqlalchemy import select

from studyhub.kernel.ids import new_uuid
from studyhub.letters import paths
from studyhub.mail.models import Kind, Letter
from studyhub.mail.troubles import Error
from studyhub.web.mail.words import ERRORS, KINDS
from tests.mail.receiver import Receiver
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.web.mailing import send
from tests.world import NOW, PASSWORD, World


def page_of(town: World) -> str:
    return f"/org/units/{town.cell.id}/invitations"


def test_every_kind_and_every_failure_has_its_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(ERRORS) == set(Error)


def test_letters_lead_where_the_pages_are(app: Flask) -> None:
    id_ = new_uuid()

    with app.test_request_context():
        assert paths.invitation("a") == url_for("accounts.invitation", code="a")
        assert paths.password_link("a") == url_for("accounts.password_by_link", code="a")
        assert paths.confirm_address("a") == url_for("accounts.confirming_address", code="a")
        assert paths.forgotten() == url_for("accounts.forgotten")
        assert paths.receipt(id_, 2) == url_for("essays.receipt", essay_id=id_, number=2)
        assert paths.essay(id_) == url_for("essays.show", essay_id=id_)
        assert paths.round_(id_) == url_for("rounds.show", round_id=id_)
        assert paths.check("a") == url_for("check.ask", code="a")


def test_without_a_mail_server_everything_says_so_and_nothing_waits(
    town: World, as_: SignIn, visitor: Browser
) -> None:
    town.an.email_confirmed_at = NOW
    town.db.commit()
    an, em = as_(town.an), as_(town.em)

    assert "No mail is sent" in em.visit("/mail/").text
    assert "nobody can be invited by mail" in em.visit(page_of(town)).text
    assert "Invite by mail" not in em.visit(f"/org/units/{town.cell.id}/cards").text
    em.post(page_of(town), status=422, who=[str(town.an.id)])
    assert "No mail is sent" in an.visit("/account").text
    an.post("/account/address", status=422, email="x@example.vn", present=PASSWORD)
    visitor.post("/sign-in/forgotten", name=town.an.email, status=200)
    assert "by mail" not in visitor.visit("/sign-in").text
    assert town.db.scalars(select(Letter)).all() == []


def test_the_outbox_shows_what_failed_and_sends_it_again(
    town: World, as_: SignIn, post: Receiver, app: Flask
) -> None:
    post.refused[str(town.an.email)] = "550 No such user here"
    em = as_(town.em)
    em.post(page_of(town), status=200, who=[str(town.an.id), str(town.lan.id)])
    send(app)
    failed = em.visit("/mail/")
    post.refused.clear()
    again = em.post(failed.all("form", class_="once")[-1]["action"], status=200)
    send(app)

    after = em.visit("/mail/")

    assert "there is no such address" in failed.text
    assert str(town.an.email) in failed.text
    assert "1 letter is tried again." in again.source
    assert "Every letter that could be sent has been taken" in after.text
    assert len(post.letters) == 2


def test_a_letter_to_try_it_out_says_at_once_how_it_went(
    town: World, as_: SignIn, post: Receiver
) -> None:
    em = as_(town.em)

    good = em.post("/mail/test", status=200)
    post.refused[str(town.em.email)] = "550 No"
    bad = em.post("/mail/test", status=200)

    assert f"has taken a letter to {town.em.email}" in good.source
    assert len(post.letters) == 1
    assert "there is no such address" in bad.source


def test_only_administrators_of_the_whole_organization_see_the_outbox(
    town: World, as_: SignIn
) -> None:
    as_(town.dung).visit("/mail/", status=404)
    assert "/mail/" not in as_(town.dung).visit("/more").source
    assert "/mail/" in as_(town.em).visit("/more").source
