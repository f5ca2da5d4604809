"""The server is killed while a member writes: nothing that was acknowledged is lost."""

from collections.abc import Callable

from playwright.sync_api import Response, Route

from studyhub.essays.models import Essay
from tests.browser.people import Person
from tests.browser.server import Server
from tests.world import World

ROUNDS = 2


def test_kill_9_while_a_member_writes_loses_nothing_acknowledged(
    city: World, server: Server, at_work: Callable[..., Person]
) -> None:
    essay = city.essay(city.an, text="")
    city.db.commit()
    an = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    box = an.page.get_by_label("Nhận thức", exact=True)
    written = ""

    for n in range(ROUNDS):
        sentence = f"Câu thứ {n} tôi viết trước khi máy chủ tắt. "
        with an.page.expect_response(_is_acknowledged):
            box.press_sequentially(sentence, delay=5)
        written += sentence
        acknowledged = box.input_value()
        server.kill()
        server.start()

        assert _kept(city, essay) == acknowledged == written

    box.press_sequentially("Và câu cuối.", delay=5)
    an.page.get_by_role("button", name="Save draft").click()
    an.page.wait_for_load_state()
    assert an.page.get_by_label("Nhận thức", exact=True).input_value() == written + "Và câu cuối."


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
    with an.page.expect_response(_is_acknowledged):
        box.press_sequentially("Rồi gõ tiếp.", delay=5)

    assert _kept(city, essay) == "Gõ khi mất kết nối. Rồi gõ tiếp."


def _is_acknowledged(answer: Response) -> bool:
    """A save that the server says it has. (An answer that the kill cut off is asked for again.)"""
    return answer.url.endswith("/draft") and answer.status == 200


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
    assert an.page.get_by_text("open elsewhere").is_hidden()
