"""The screen of a hall: the code is exchanged by itself, and leads a member to check in."""

from collections.abc import Callable

from studyhub.study.codes import code_at
from tests.browser.people import PHONE, Person
from tests.world import NOW, World

AtWork = Callable[..., Person]


def test_the_code_is_exchanged_and_lets_a_member_in(city: World, at_work: AtWork) -> None:
    session = city.session(city.round())
    city.db.commit()
    screen = at_work(city.dung)
    screen.page.clock.install()
    screen.opens(f"/sessions/{session.id}/code").sees(code_at(session, NOW))
    before = screen.page.locator("[data-drawn]").get_attribute("src")

    # The clock of the server stands still here: another secret is as good as half a minute.
    session.check_in_secret = "another"
    city.db.commit()
    screen.page.clock.fast_forward(40_000)
    screen.sees(code_at(session, NOW))
    assert screen.page.locator("[data-drawn]").get_attribute("src") != before

    member = at_work(city.an, size=PHONE)
    member.opens(f"/sessions/{session.id}/here?code={code_at(session, NOW)}")
    member.presses("I am present").sees("Present online")
