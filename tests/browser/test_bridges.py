"""A bridge point on a phone: marked without a connection, sent when there is one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from studyhub.bridges import planning
from studyhub.bridges.models import BridgeMark, BridgePoint
from studyhub.bridges.planning import PointPlan
from studyhub.reconciliation.service import differences
from studyhub.study.models import Attendance
from tests.browser.people import PHONE, Person
from tests.world import NOW, World

AtWork = Callable[..., Person]


@pytest.fixture
def point(city: World) -> BridgePoint:
    """A bridge point for both cells; Hoa is in charge."""
    session = city.session(city.round())
    plan = PointPlan(hall="Nhà văn hóa", keeper=city.hoa, cells=[city.cell.id, city.other_cell.id])
    point = planning.plan(city.db, session, city.district, plan, by=city.actor(city.dung), now=NOW)
    city.db.commit()
    return point


def _marked(city: World) -> set[str]:
    city.db.rollback()
    names = {person.id: person.given_name for person in city.everyone}
    return {names[one] for one in city.db.scalars(select(BridgeMark.user_id))}


def _ticks(person: Person, *names: str) -> None:
    for name in names:
        person.page.get_by_label(name).click()


def _is_ready(person: Person) -> None:
    person.page.locator("form[data-bridge][data-ready]").wait_for()


def _is_shelved(person: Person, point: BridgePoint) -> None:
    _is_ready(person)
    person.page.wait_for_function(
        """async (path) => navigator.serviceWorker.controller
            && (await (await caches.open("studyhub-bridges")).match(path))
            && (await (await caches.open("studyhub-bridges")).keys()).length > 5""",
        arg=f"/bridges/{point.id}",
    )


def _all_sent(person: Person) -> None:
    expect(person.page.locator("[data-state]")).to_have_text("Everything is sent.")


def test_the_list_is_marked_without_a_connection_and_sent_later(
    city: World, at_work: AtWork, point: BridgePoint
) -> None:
    hoa = at_work(city.hoa, size=PHONE)
    hoa.opens(f"/bridges/{point.id}")
    _is_shelved(hoa, point)
    _ticks(hoa, "Nguyễn Văn An")
    _all_sent(hoa)
    assert _marked(city) == {"An"}

    hoa.context.set_offline(True)
    hoa.page.get_by_label("Find a name").fill("le quang")
    expect(hoa.page.get_by_label("Trần Thị Lan")).to_be_hidden()
    _ticks(hoa, "Lê Quang Bình")
    hoa.page.get_by_label("Find a name").fill("")
    _ticks(hoa, "Đỗ Kim Chi", "Nguyễn Văn An")
    hoa.sees("Kept on this phone, sent later: 3.")
    assert _marked(city) == {"An"}

    hoa.page.reload()  # a battery, a closed page: from the shelf, with what was ticked
    _is_ready(hoa)
    expect(hoa.page.get_by_label("Lê Quang Bình")).to_be_checked()
    expect(hoa.page.get_by_label("Nguyễn Văn An")).not_to_be_checked()
    expect(hoa.page.locator("[data-marked]").first).to_have_text("2")

    hoa.context.set_offline(False)
    _all_sent(hoa)
    assert _marked(city) == {"Bình", "Chi"}
    assert len(city.db.scalars(select(Attendance)).all()) == 2
    assert differences(city.db, point.session.round) == []
    assert hoa.faults == []


def test_marks_left_behind_are_sent_from_any_page_their_keeper_opens(
    city: World, at_work: AtWork, point: BridgePoint
) -> None:
    hoa = at_work(city.hoa, size=PHONE)
    hoa.opens(f"/bridges/{point.id}")
    _is_ready(hoa)
    hoa.context.set_offline(True)
    _ticks(hoa, "Trần Thị Lan")
    hoa.sees("Kept on this phone, sent later: 1.")
    hoa.page.close()
    hoa.context.set_offline(False)
    hoa.page = hoa.context.new_page()

    with hoa.page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        hoa.opens("/")

    assert _marked(city) == {"Lan"}


def test_count_and_list_are_compared_while_one_types(
    city: World, at_work: AtWork, point: BridgePoint
) -> None:
    hoa = at_work(city.hoa, size=PHONE)
    hoa.opens(f"/bridges/{point.id}")
    _is_ready(hoa)
    _ticks(hoa, "Nguyễn Văn An", "Trần Thị Lan")
    _all_sent(hoa)

    hoa.page.get_by_label("People you counted in the hall").fill("3")
    hoa.sees("Differs by 1 from the list.")
    hoa.page.get_by_label("Why count and list differ").fill("một lái xe")
    hoa.presses("Sign the list off").sees("3 people counted, 2 on the list")
