"""The server is killed while members write: nothing that was acknowledged is lost.

Twice with the browser, for that takes its time; twenty times in `test_kill_at_work`, which
speaks to the server without it and hands in too. `STUDYHUB_KILLS=20` kills twenty times in both.
"""

import os
import time
from collections.abc import Callable

from playwright.sync_api import Response, Route

from studyhub.essays.models import Essay
from tests.browser.at_the_desk import writes_in
from tests.browser.people import Person
from tests.browser.server import Server
from tests.world import World

KILLS = int(os.environ.get("STUDYHUB_KILLS", "2"))
MOMENTS = (1700, 0, 1450, 1550, 700)
"""Milliseconds after the last key: before, amid and after the save."""

WRITTEN = "".join(f"Câu thứ {n} tôi viết trước khi máy chủ tắt. " for n in range(KILLS))
WRITTEN += "Và câu cuối."
PATIENCE = 40.0


def test_kill_9_while_three_members_write_loses_nothing_acknowledged(
    city: World, server: Server, at_work: Callable[..., Person]
) -> None:
    essays = _three_essays(city)
    writers = [at_work(essay.author) for essay in essays]
    boxes = [writes_in(writer, essay) for writer, essay in zip(writers, essays, strict=True)]
    acknowledged: dict[str, str] = {}
    for writer in writers:
        writer.page.on("response", lambda answer: _remember(answer, acknowledged))

    for n in range(KILLS):
        for box in boxes:
            box.press_sequentially(f"Câu thứ {n} tôi viết trước khi máy chủ tắt. ", delay=2)
        writers[n % 3].page.wait_for_timeout(MOMENTS[n % len(MOMENTS)])
        server.kill()
        writers[0].page.wait_for_timeout(100)  # answers that had arrived are heard
        told = dict(acknowledged)
        server.start()
        for essay in essays:
            assert _kept(city, essay).startswith(told.get(str(essay.id), ""))

    for writer, box, essay in zip(writers, boxes, essays, strict=True):
        box.press_sequentially("Và câu cuối.", delay=2)
        _wait_until_kept(city, writer, essay)
        assert box.input_value() == WRITTEN
        assert writer.page.get_by_role("button", name="See both texts").is_hidden()


def _wait_until_kept(city: World, writer: Person, essay: Essay) -> None:
    until = time.monotonic() + PATIENCE
    while _kept(city, essay) != WRITTEN and time.monotonic() < until:
        writer.page.wait_for_timeout(200)
    assert _kept(city, essay) == WRITTEN


def _three_essays(city: World) -> list[Essay]:
    first = city.essay(city.an, text="")
    others = [city.essay(who, round_=first.round, text="") for who in (city.lan, city.hoa)]
    city.db.commit()
    return [first, *others]


def _remember(answer: Response, acknowledged: dict[str, str]) -> None:
    """What the server says that it has, of each essay."""
    if answer.ok and answer.url.endswith("/draft"):
        sent = answer.request.post_data_json or {}
        words = next(text for name, text in sent.items() if name.startswith("text-"))
        acknowledged[answer.url.split("/")[-2]] = words


def test_what_was_typed_while_the_server_was_away_is_sent_when_it_is_back(
    city: World, server: Server, at_work: Callable[..., Person]
) -> None:
    essay = city.essay(city.an, text="")
    city.db.commit()
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    box = an.page.get_by_label("Nhận thức", exact=True)

    server.kill()
    box.press_sequentially("Gõ khi mất kết nối. ", delay=5)
    an.sees("No connection. The text is kept on this machine.")
    server.start()
    box.press_sequentially("Rồi gõ tiếp.", delay=5)
    an.sees("Saved at")

    assert _kept(city, essay) == "Gõ khi mất kết nối. Rồi gõ tiếp."


def _kept(city: World, essay: Essay) -> str:
    city.see(essay)
    return essay.draft[str(essay.round.questions[0].id)]


def test_a_save_whose_answer_got_lost_is_no_conflict(
    city: World, at_work: Callable[..., Person]
) -> None:
    essay = city.essay(city.an, text="")
    city.db.commit()
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    box = an.page.get_by_label("Nhận thức", exact=True)
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    an.page.route("**/draft", lose_the_answer)
    box.press_sequentially("Câu đã đến nơi. ", delay=5)
    an.sees("No connection. The text is kept on this machine.")
    box.press_sequentially("Câu tiếp theo.", delay=5)
    an.sees("Saved at")

    assert lost == [200]
    assert _kept(city, essay) == "Câu đã đến nơi. Câu tiếp theo."
    assert an.page.get_by_role("button", name="See both texts").is_hidden()
