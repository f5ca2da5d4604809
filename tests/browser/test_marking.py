"""Marking by points in a real browser: by two who differ, by a third, and once more on appeal."""

from collections.abc import Callable

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.rounds.grading import Grading
from tests.browser.people import PHONE, Person
from tests.world import World

AtWork = Callable[..., Person]


def waiting(city: World, **rules: object) -> Essay:
    round_ = city.round(grading=Grading.POINTS, **rules)  # type: ignore[arg-type]
    essay = city.essay(round_=round_, state=State.SUBMITTED, text="Đoạn một.\nĐoạn hai.")
    city.db.commit()
    return essay


def gives(person: Person, essay: Essay, points: str) -> Person:
    return person.opens(f"/review/{essay.id}").types("Points", points).presses("Send the mark")


def test_two_differ_and_a_third_decides(city: World, at_work: AtWork) -> None:
    essay = waiting(city, markers=2)
    gives(at_work(city.binh), essay, "6,25").sees("Another person is to mark the essay, too.")
    at_work(city.an, size=PHONE).opens(f"/essays/{essay.id}").sees("1 of 2 have marked.")
    giang = at_work(city.giang, size=PHONE).opens(f"/review/{essay.id}")
    assert "6,25" not in giang.page.content()

    gives(giang, essay, "8,5").sees("Another person is to mark the essay, too.")

    gives(at_work(city.dung), essay, "7,75").sees("The result has been sent: 7,75 points.")
    at_work(city.an).opens(f"/essays/{essay.id}").sees("7,75 points (Fair)").sees("The third")


def test_an_appeal_comes_to_its_end(city: World, at_work: AtWork) -> None:
    essay = waiting(city, appeal_days=2)
    gives(at_work(city.binh), essay, "6,5").sees("The result has been sent: 6,5 points.")
    an = at_work(city.an, size=PHONE).opens(f"/essays/{essay.id}")
    an.follows("Ask for another reading").types("Reason", "Phần liên hệ đã nêu đủ số liệu.")

    an.presses("Ask for another reading").sees("Another person will read your essay.")

    giang = at_work(city.giang).opens(f"/review/{essay.id}")
    giang.sees("Phần liên hệ đã nêu đủ số liệu.")
    gives(giang, essay, "8").sees("The result has been sent: 8,0 points.")
    an.opens(f"/essays/{essay.id}").sees("8,0 points (Good)").sees("6,5 points (Average)")
