"""Invitations by mail instead of slips: seen before they are sent, followed once."""

from flask import Flask
from sqlalchemy import select

from studyhub.accounts.models import SignInCode
from tests.mail.receiver import Receiver, link_in
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.web.mailing import send
from tests.world import World


def page_of(town: World) -> str:
    return f"/org/units/{town.cell.id}/invitations"


def test_before_anything_is_sent_one_sees_to_whom(
    town: World, as_: SignIn, post: Receiver, app: Flask
) -> None:
    town.lan.email, town.giang.email, town.giang.has_no_email = None, None, True
    town.db.commit()
    em = as_(town.em)

    choice = em.visit(page_of(town))
    check = em.visit(f"{page_of(town)}?check=1&who={town.an.id}&who={town.lan.id}")
    send(app)

    offered = [box["value"] for box in choice.all("input", name="who")]
    assert set(offered) == {str(town.an.id), str(town.binh.id)}
    assert "No e-mail address is known" in choice.text
    assert "Has no e-mail address" in choice.text
    assert check.one("h1").text == "Send 1 invitation"
    assert str(town.an.email) in check.text
    assert post.letters == []


def test_nobody_ticked_is_said_and_sends_nothing(town: World, as_: SignIn, post: Receiver) -> None:
    em = as_(town.em)

    assert "Tick at least one comrade." in em.visit(page_of(town) + "?check=1").text
    assert "Tick at least one comrade." in em.post(page_of(town), status=422).text


def test_an_invitation_is_followed_to_a_password_and_a_scanner_uses_nothing_up(
    town: World, as_: SignIn, visitor: Browser, post: Receiver, app: Flask
) -> None:
    em = as_(town.em)
    sent = em.post(page_of(town), status=200, who=[str(town.an.id)])
    send(app)
    left = em.visit(page_of(town))
    link = link_in(post.last())

    for _ in range(3):
        visitor.visit(link)
    unused = town.db.scalars(select(SignInCode)).one().used_at
    code = visitor.visit(link).one("input", name="code")["value"]
    page = visitor.post("/sign-in/card", code=code, status=200)
    home = visitor.post("/account/password", new="một câu ngắn", again="một câu ngắn", status=200)
    after = em.visit(page_of(town))

    assert "1 invitation is on its way." in sent.source
    assert "the letter is being sent" in sent.text
    assert "the letter has left" in left.text
    assert unused is None
    assert page.one("h1").text == "Choose a password"
    assert "Nguyễn Văn An" in home.text
    assert "has signed in since" in after.text
    town.see(town.an)
    assert town.an.gets_letters


def test_a_slip_voids_an_invitation_and_the_sheet_leaves_out_those_invited(
    town: World, as_: SignIn, visitor: Browser, post: Receiver, app: Flask
) -> None:
    em, cards = as_(town.em), f"/org/units/{town.cell.id}/cards"
    em.post(page_of(town), status=200, who=[str(town.an.id)])
    send(app)
    at_first = em.visit(cards).all("input", name="who", checked="")
    with_them = em.visit(cards + "?who=new").all("input", name="who", checked="")

    em.post(cards, status=200, who=[str(town.an.id)])
    code = link_in(post.last()).partition("code=")[2]
    refused = visitor.post("/sign-in/card", code=code, status=422)

    assert str(town.an.id) not in [box["value"] for box in at_first]
    assert str(town.an.id) in [box["value"] for box in with_them]
    assert "replaced by a newer slip" in refused.text
    assert "replaced since" in em.visit(page_of(town)).text


def test_an_invitation_that_could_not_be_delivered_is_seen_by_who_sent_it(
    town: World, as_: SignIn, post: Receiver, app: Flask
) -> None:
    post.refused[str(town.an.email)] = "550 No such user here"
    em = as_(town.em)
    em.post(page_of(town), status=200, who=[str(town.an.id)])

    send(app)

    page = em.visit(page_of(town))
    assert "1 letter could not be delivered" in page.text
    assert "Nguyễn Văn An" in page.text


def test_a_large_cell_is_asked_for_in_few_questions(
    town: World, as_: SignIn, post: Receiver, app: Flask
) -> None:
    people = [town.person(f"Đặng Thị Số {n}", town.cell) for n in range(60)]
    town.db.commit()
    em = as_(town.em)
    em.post(page_of(town), status=200, who=[str(person.id) for person in people])

    with counted_in(app) as asked:
        em.visit(page_of(town))

    assert len(asked) <= 12
