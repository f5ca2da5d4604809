"""Sign-in slips: the sheet of a cell, and coming in with one."""

import pytest
from flask import Flask
from sqlalchemy import select

from studyhub.accounts.models import SignInCode, User
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import StoppedClock
from studyhub.org.models import Appointment, Unit
from tests.statements import counted_in
from tests.web.browser import Browser, Page
from tests.web.conftest import SignIn
from tests.web.test_at_once import at_once
from tests.world import LONG_AGO, PASSWORD, World

PLENTY = 60


def page_of(cell: Unit) -> str:
    return f"/org/units/{cell.id}/cards"


def made(keeper: Browser, cell: Unit, *people: User) -> Page:
    """The sheet for these people."""
    return keeper.post(page_of(cell), status=200, who=[str(person.id) for person in people])


def codes_on(sheet: Page) -> list[str]:
    return [element.text for element in sheet.all("b", class_="sign-in-code")]


def names_on(sheet: Page) -> list[str]:
    return [element.text for element in sheet.all("h2", class_="whose")]


def test_at_first_those_are_ticked_who_never_came(town: World, as_: SignIn) -> None:
    as_(town.lan)

    em = as_(town.em)
    page = em.visit(page_of(town.cell))
    everybody = em.visit(page_of(town.cell) + "?who=all")

    ticked = [box["value"] for box in page.all("input", name="who", checked="")]
    assert str(town.an.id) in ticked
    assert str(town.lan.id) not in ticked
    assert len(everybody.all("input", name="who", checked="")) == 4


def test_the_sheet_has_a_slip_for_each_who_was_ticked(town: World, as_: SignIn) -> None:
    sheet = made(as_(town.em), town.cell, town.an, town.lan)

    assert names_on(sheet) == ["Nguyễn Văn An", "Trần Thị Lan"]
    assert [len(code) for code in codes_on(sheet)] == [14, 14]
    assert str(town.an.card_number) in sheet.text
    assert "25/12/2026" in sheet.text
    assert all(image["src"].startswith("data:image/svg+xml") for image in sheet.all("img"))


def test_the_sheet_is_shown_once(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    (code,) = codes_on(made(em, town.cell, town.an))

    again = em.visit(page_of(town.cell) + "/sheet")

    assert code not in again.source
    assert "shown once already" in again.text
    assert [link["href"] for link in again.all("a")].count(page_of(town.cell)) == 1


def test_the_sheet_of_one_cell_is_not_shown_for_another(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    data = {"csrf_token": em.token(), "who": str(town.an.id)}
    em.client.post(page_of(town.cell), data=data)

    assert codes_on(em.visit(page_of(town.other_cell) + "/sheet")) == []


def test_somebody_must_be_ticked(town: World, as_: SignIn) -> None:
    page = as_(town.em).post(page_of(town.cell), status=422)

    assert "Tick at least one comrade." in page.one("p", id="who-e").text


def test_no_slip_for_oneself_nor_for_posts_above_nor_without_a_name_to_sign_in(
    town: World, as_: SignIn
) -> None:
    town.an.card_number = town.an.email = None
    admin = Appointment(user=town.lan, unit=town.district, post=Post.ADMIN, since=LONG_AGO)
    officer = Appointment(user=town.binh, unit=town.cell, post=Post.OFFICER, since=LONG_AGO)
    town.db.add_all([admin, officer])
    town.db.commit()
    binh = as_(town.binh)

    page = binh.visit(page_of(town.cell))
    refused = binh.post(
        page_of(town.cell), status=422, who=[str(one.id) for one in (town.an, town.lan, town.binh)]
    )

    assert [box["value"] for box in page.all("input", name="who")] == [str(town.giang.id)]
    assert "posts above yours" in page.text
    assert "page of your account" in page.text
    assert "Without card number and e-mail" in page.text
    assert "Tick at least one" in refused.text
    assert town.db.scalars(select(SignInCode)).all() == []


def test_nobody_of_another_cell_gets_a_slip_here(town: World, as_: SignIn) -> None:
    sheet = made(as_(town.em), town.cell, town.an, town.hoa)

    assert names_on(sheet) == ["Nguyễn Văn An"]


def test_the_cell_page_leads_there_for_those_who_may(town: World, as_: SignIn) -> None:
    cell = f"/org/units/{town.cell.id}"

    assert page_of(town.cell) in as_(town.em).visit(cell).source
    assert page_of(town.cell) not in as_(town.binh).visit(cell).source


@pytest.mark.parametrize("path", ["/cards", "/cards/sheet"])
def test_only_cells_have_slips(town: World, as_: SignIn, path: str) -> None:
    as_(town.em).visit(f"/org/units/{town.district.id}{path}", status=404)


def test_a_large_cell_is_asked_for_in_few_questions(town: World, as_: SignIn, app: Flask) -> None:
    people = [town.person(f"Đặng Thị Số {n}", town.cell) for n in range(PLENTY)]
    town.db.commit()
    em = as_(town.em)

    with counted_in(app) as asked:
        em.visit(page_of(town.cell))
    em.client.post(
        page_of(town.cell), data={"csrf_token": em.token(), "who": [str(p.id) for p in people]}
    )
    with counted_in(app) as printed:
        sheet = em.visit(page_of(town.cell) + "/sheet")

    assert len(codes_on(sheet)) == PLENTY
    assert len(asked) <= 12
    assert len(printed) <= 12


def test_a_slip_lets_in_and_asks_for_a_password(town: World, as_: SignIn, visitor: Browser) -> None:
    (code,) = codes_on(made(as_(town.em), town.cell, town.an))

    page = visitor.post("/sign-in/card", code=code.lower(), status=200)
    elsewhere = visitor.visit("/rounds/")
    home = visitor.post("/account/password", new="một câu ngắn", again="một câu ngắn", status=200)

    assert page.one("h1").text == "Choose a password"
    assert elsewhere.one("h1").text == "Choose a password"
    assert "Nguyễn Văn An" in home.text
    town.see(town.an)
    assert not town.an.must_change_password


def test_of_several_with_the_same_code_at_the_same_moment_one_is_let_in(
    town: World, as_: SignIn, app: Flask
) -> None:
    (code,) = codes_on(made(as_(town.em), town.cell, town.an))
    finders = [Browser(app.test_client()) for _ in range(4)]

    pages = at_once(finders, lambda one: one.post("/sign-in/card", code=code))

    assert sorted(page.status for page in pages)[:2] == [200, 422]


def test_looking_at_the_address_in_the_picture_lets_nobody_in(
    town: World, as_: SignIn, visitor: Browser
) -> None:
    (code,) = codes_on(made(as_(town.em), town.cell, town.an))

    page = visitor.visit(f"/sign-in/card?code={code.replace(' ', '')}")

    assert page.one("input", id="code")["value"] == code.replace(" ", "")
    assert visitor.visit("/account").one("h1").text != town.an.full_name
    assert town.db.scalars(select(SignInCode)).one().used_at is None


def test_the_same_sentence_for_every_code_that_is_no_good(
    town: World, as_: SignIn, visitor: Browser, clock: StoppedClock
) -> None:
    em = as_(town.em)
    (voided,) = codes_on(made(em, town.cell, town.an))
    (used,) = codes_on(made(em, town.cell, town.an))
    (expired,) = codes_on(made(em, town.cell, town.lan))
    visitor.post("/sign-in/card", code=used, status=200)
    visitor.post("/sign-out")
    clock.advance(days=31)

    said = {
        visitor.post("/sign-in/card", code=code, status=422).one("p", id="code-e").text
        for code in (voided, used, expired, "BCFG 2345 HJKL")
    }

    assert len(said) == 1


def test_guessing_at_one_code_is_stopped_and_keeps_nobody_else_out(
    town: World, as_: SignIn, visitor: Browser, clock: StoppedClock
) -> None:
    of_an, of_lan = codes_on(made(as_(town.em), town.cell, town.an, town.lan))
    for _ in range(5):
        visitor.post("/sign-in/card", code=of_an[:-1], status=422)
        clock.advance(seconds=30)

    stopped = visitor.post("/sign-in/card", code=of_an, status=429)

    assert "Too many wrong attempts" in stopped.text
    assert visitor.post("/sign-in/card", code=of_lan).one("h1").text == "Choose a password"


def test_the_password_of_somebody_with_a_slip_works_until_it_is_used(
    town: World, as_: SignIn, visitor: Browser
) -> None:
    made(as_(town.em), town.cell, town.an)

    page = visitor.post("/sign-in", name=town.an.email, password=PASSWORD)

    assert "Nguyễn Văn An" in page.text


def test_the_sign_in_page_leads_to_it(town: World, visitor: Browser) -> None:
    links = [link["href"] for link in visitor.visit("/sign-in").all("a")]

    assert "/sign-in/card" in links
