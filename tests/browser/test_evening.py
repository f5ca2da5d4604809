"""An evening at the desk: 24 essays by the keyboard, by phone, offline, without script."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review.models import Comment
from tests.browser.people import PHONE, Person
from tests.world import NOW, World

AtWork = Callable[..., Person]
TEXT = "Đoạn thứ nhất nói về nhận thức.\nĐoạn thứ hai liên hệ với công việc của tôi."
COMMENT = "Đồng chí nêu số liệu cụ thể."


def waiting(city: World, count: int) -> list[Essay]:
    """So many essays of the cell, a minute apart."""
    round_ = city.round()
    essays = []
    for number in range(count):
        author = city.person(f"Người Thứ {number:02}", city.cell)
        essay = city.essay(author, round_=round_, state=State.SUBMITTED, text=TEXT)
        essay.submitted_at = essay.versions[0].submitted_at = NOW + timedelta(minutes=number)
        essays.append(essay)
    city.db.commit()
    return essays


def ready(page: Page) -> Page:
    """Once the script looks after the page."""
    page.locator("form[data-desk][data-ready]").wait_for()
    return page


def states(city: World, essays: list[Essay]) -> list[State]:
    city.db.rollback()
    found = select(Essay.state).where(Essay.id.in_([essay.id for essay in essays]))
    return list(city.db.scalars(found.order_by(Essay.submitted_at)))


def test_24_essays_in_an_evening_by_the_keyboard_alone(city: World, at_work: AtWork) -> None:
    essays = waiting(city, 24)
    page = at_work(city.binh).opens(f"/review/{essays[0].id}").page

    for number, essay in enumerate(essays):
        page.wait_for_url(f"**/review/{essay.id}")
        keys = ready(page).keyboard
        if number % 4 == 3:  # to be completed, with a comment on the second paragraph
            for key in ("j", "j", "c"):
                keys.press(key)
            keys.type(COMMENT)
            keys.press("Escape")
        keys.press("b" if number % 4 == 3 else "a")
        keys.press("m")
        keys.type(f"Nhận xét a b c {number}")
        keys.press("Control+Enter")

    page.get_by_text("Nothing waits for you").wait_for()
    expected = [State.RETURNED if n % 4 == 3 else State.ACCEPTED for n in range(24)]
    assert states(city, essays) == expected
    places = select(Comment.paragraph, Comment.text).where(Comment.sent_at.is_not(None))
    assert city.db.execute(places).all() == [(1, COMMENT)] * 6


def test_the_keys_are_told_and_can_be_switched_off(city: World, at_work: AtWork) -> None:
    essay, other = waiting(city, 2)
    page = ready(at_work(city.binh).opens(f"/review/{essay.id}").page)

    page.keyboard.press("?")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Next essay, previous essay")
    dialog.get_by_label("Use these keys on this machine").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    page.keyboard.press("a")

    assert str(essay.id) in page.url
    assert not page.get_by_label("Accept").is_checked()
    ready(page).get_by_role("button", name="Keys on this page").click()
    dialog.get_by_label("Use these keys on this machine").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    page.wait_for_url(f"**/review/{other.id}")


def test_words_that_are_selected_are_commented_on(city: World, at_work: AtWork) -> None:
    [essay] = waiting(city, 1)
    page = ready(at_work(city.binh).opens(f"/review/{essay.id}").page)

    select_words(page, "0.1", "liên hệ với công việc")
    page.get_by_role("button", name="Comment on the selected words").click()
    field = page.locator("textarea:focus")
    with page.expect_response(lambda answer: answer.url.endswith("/jottings") and answer.ok):
        field.type(COMMENT)
    page.reload()

    expect(page.locator("mark.meant")).to_have_text("liên hệ với công việc")
    expect(page.locator("blockquote.quoted")).to_have_text("liên hệ với công việc")
    city.db.rollback()
    comment = city.db.scalars(select(Comment)).one()
    assert (comment.text, comment.sent_at) == (COMMENT, None)


def select_words(page: Page, place: str, words: str) -> None:
    """As with the mouse, or a finger held down."""
    page.evaluate(
        """([place, words]) => {
            const node = document.querySelector(`[data-paragraph="${place}"] > p`).firstChild;
            const start = node.data.indexOf(words);
            getSelection().setBaseAndExtent(node, start, node, start + words.length);
        }""",
        [place, words],
    )


def test_without_a_connection_no_comment_is_lost(city: World, at_work: AtWork) -> None:
    essay, _ = waiting(city, 2)
    binh = at_work(city.binh).opens(f"/review/{essay.id}")
    page = ready(binh.page)

    binh.context.set_offline(True)
    for place in ("0.0", "0.1", "1.0"):
        row = page.locator(f'[data-paragraph="{place}"]')
        row.get_by_text("Comment on this paragraph").first.click()
        row.locator("textarea").fill(f"{COMMENT} {place}")
    binh.sees("No connection. Your words are kept on this machine.")
    assert count(city) == 0
    binh.context.set_offline(False)

    page.wait_for_function("() => document.querySelectorAll('textarea[name^=own-]').length === 3")
    assert count(city) == 3
    page.reload()
    assert [text.split()[-1] for text in page.locator(".g > .words").all_inner_texts()] == [
        "0.0", "0.1", "1.0",
    ]  # fmt: skip


def test_closed_without_a_connection_the_words_come_back(city: World, at_work: AtWork) -> None:
    essay, other = waiting(city, 2)
    binh = at_work(city.binh).opens(f"/review/{essay.id}")
    page = ready(binh.page)
    binh.context.set_offline(True)
    page.get_by_text("Comment on this paragraph").first.click()
    page.locator("textarea").first.fill(COMMENT)
    binh.sees("No connection.")

    page.goto("about:blank")
    binh.context.set_offline(False)
    binh.opens(f"/review/{other.id}")
    binh.opens(f"/review/{essay.id}")

    page.wait_for_function("() => document.querySelectorAll('textarea[name^=own-]').length === 1")
    assert count(city) == 1


def count(city: World) -> int:
    """How many comments the server has."""
    city.db.rollback()
    return city.db.scalar(select(func.count(Comment.id))) or 0


def test_an_essay_is_reviewed_on_a_phone(city: World, at_work: AtWork) -> None:
    essay, other = waiting(city, 2)
    binh = at_work(city.binh, size=PHONE).opens("/review/")
    binh.follows("Begin with the oldest")
    page = ready(binh.page)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        """() => [...document.querySelectorAll(".rv .btn, .rv summary, .rv .opt")].filter((one) => {
            const { width, height } = one.getBoundingClientRect();
            return height && (height < 43.5 || width < 43.5);
        }).map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert small == []
    binh.types("Overall remark", "Tốt").ticks("Accept").presses("Send the result")
    page.wait_for_url(f"**/review/{other.id}")
    assert states(city, [essay]) == [State.ACCEPTED]


def test_a_phrase_is_put_in_by_its_letters_and_from_the_menu(city: World, at_work: AtWork) -> None:
    [essay] = waiting(city, 1)
    binh = at_work(city.binh).opens("/review/phrases")
    binh.types("Phrase", COMMENT).types("Letters for it", "sl").presses("Save")
    page = ready(binh.opens(f"/review/{essay.id}").page)

    with page.expect_response("**/review/phrases"):
        page.get_by_label("Overall remark").focus()
    page.keyboard.type("Tốt. /sl ")
    expect(page.get_by_label("Overall remark")).to_have_value(f"Tốt. {COMMENT} ")
    page.locator(".phrases summary").click()
    page.locator(".phrases button").first.click()

    expect(page.get_by_label("Overall remark")).to_have_value(f"Tốt. {COMMENT} {COMMENT}")


def test_without_script_everything_is_there(city: World, at_work: AtWork) -> None:
    essay, other = waiting(city, 2)
    binh = at_work(city.binh, script=False).opens(f"/review/{essay.id}")

    binh.page.locator('[data-paragraph="0.1"] summary').first.click()
    binh.page.locator('textarea[name="new-0.1"]').fill(COMMENT)
    binh.page.locator('[data-paragraph="0.1"]').get_by_role("button", name="Save comment").click()
    binh.sees("not sent yet").ticks("To be completed")
    binh.presses("Send the result").sees("Người Thứ 00: returned")

    assert str(other.id) in binh.page.url
    binh.opens(f"/review/{essay.id}").presses("Recall the decision").sees(
        "The decision is recalled"
    )
    assert states(city, [essay]) == [State.SUBMITTED]
