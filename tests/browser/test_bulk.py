"""Accepting several essays at once, in the browser: ticked, confirmed, done."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from studyhub.essays.lifecycle import State
from studyhub.review import service
from tests.browser.people import Person
from tests.world import NOW, World

AtWork = Callable[..., Person]


def test_ticked_confirmed_and_accepted(city: World, at_work: AtWork) -> None:
    round_ = city.round()
    essays = []
    for number, name in enumerate(("Hoàng Ngọc Ánh", "Lê Văn Thắng", "Trần Thu Hà")):
        essay = city.essay(city.person(name, city.cell), round_=round_, state=State.SUBMITTED)
        essay.submitted_at = essay.versions[0].submitted_at = NOW + timedelta(minutes=number)
        essays.append(essay)
    for essay in essays[:2]:
        service.begin_reading(city.db, essay.id, by=city.actor(city.binh), now=NOW)
    city.db.commit()
    page = at_work(city.binh).opens("/review/").page

    page.get_by_role("button", name="Choose all on this page").click()
    page.get_by_role("button", name="With the chosen essays").click()
    expect(page.get_by_text("1 essay is left out")).to_be_visible()
    expect(page.get_by_text("you have not opened this version yet")).to_be_visible()
    page.get_by_role("button", name="Accept 2 essays").click()

    expect(page.get_by_text("2 essays are accepted.")).to_be_visible()
    for essay in essays:
        city.see(essay)
    assert [essay.state for essay in essays] == [State.ACCEPTED, State.ACCEPTED, State.SUBMITTED]
