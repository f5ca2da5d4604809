"""The pages of the organization ask the database a constant number of questions."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from studyhub.org.models import Unit, UnitKind
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, World

MOST = 12


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements the application sends while the block lasts."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def questions(app: Flask, browser: Browser, address: str) -> int:
    with counted(app) as sent:
        browser.client.get(address)
    return len(sent)


def test_a_cell_of_60_members_asks_as_much_as_one_of_5(
    town: World, as_: SignIn, app: Flask
) -> None:
    address = f"/org/units/{town.cell.id}"
    dung = as_(town.dung)
    town.person("Đặng Thị Năm", town.cell)
    town.db.commit()
    with_five = questions(app, dung, address)
    for number in range(55):
        town.person(f"Nguyễn Văn {number:b}", town.cell)
    town.db.commit()

    with_sixty = questions(app, dung, address)

    assert with_five == with_sixty
    assert with_sixty <= MOST


@pytest.mark.parametrize("page", ["/org/units/{}", "/org/", "/org/units/{}/posts"])
def test_a_unit_of_40_cells_asks_as_much_as_one_of_2(
    town: World, as_: SignIn, app: Flask, page: str
) -> None:
    address = page.format(town.district.id)
    dung = as_(town.dung)
    with_two = questions(app, dung, address)
    for number in range(3, 41):
        unit = Unit(
            path=f"1/{number}/",
            kind=UnitKind.CELL,
            name=f"Chi bộ {number}",
            parent=town.district,
            since=LONG_AGO,
        )
        town.db.add(unit)
        town.person(f"Nguyễn Văn {number:b}", unit)
    town.db.commit()

    with_forty = questions(app, dung, address)

    assert with_two == with_forty
    assert with_forty <= MOST
