"""A reader with a pen, in a real browser: by mouse, by keys, by finger, without a connection."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from studyhub.library.models import Document
from studyhub.notes import service
from studyhub.notes.anchoring import Spot
from studyhub.notes.models import Note
from studyhub.rounds.models import StudyRound
from tests.browser.people import DESK, PHONE, Person, violations
from tests.world import NOW, World

AtWork = Callable[..., Person]
WORDS = "cách tiếp cận mở, sáng tạo"

SELECT = """([from, to]) => {
  const range = document.createRange();
  const line = document.querySelector('[data-text="0:0"]');
  range.setStart(line.firstChild, from);
  range.setEnd(line.firstChild, to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def round_(city: World) -> StudyRound:
    """An open round with one document."""
    made = city.round()
    city.db.commit()
    return made


@pytest.fixture
def document(round_: StudyRound) -> Document:
    """Its document."""
    return round_.documents[0].document


def notes(city: World) -> list[tuple[str, str]]:
    city.db.rollback()
    city.db.expire_all()
    rows = city.db.scalars(select(Note).where(Note.removed_at.is_(None)).order_by(Note.start))
    return [(note.words, note.text) for note in rows]


def drag(page: Page) -> None:
    """The mouse, over the words from the eighth letter on."""
    box = page.evaluate(
        """([from, to]) => {
          const range = document.createRange();
          const words = document.querySelector('[data-text="0:0"]').firstChild;
          range.setStart(words, from);
          range.setEnd(words, to);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          return [left, right, (top + bottom) / 2];
        }""",
        [7, 7 + len(WORDS)],
    )
    left, right, y = box
    page.mouse.move(left + 1, y)
    page.mouse.down()
    page.mouse.move(right - 1, y, steps=5)
    page.mouse.up()


def test_words_are_highlighted_by_mouse_noted_removed_and_put_back(
    city: World, at_work: AtWork, document: Document
) -> None:
    an = at_work(city.an).opens(f"/library/{document.id}")
    drag(an.page)
    an.presses("Highlight")
    an.page.locator("mark.noted").wait_for()
    assert an.page.locator("mark.noted").inner_text() == WORDS
    assert notes(city) == [(WORDS, "")]

    an.page.locator("mark.noted").click()
    an.page.locator("#pen-text").fill("Hỏi ở chi bộ")
    an.sees("Saved at")
    assert notes(city) == [(WORDS, "Hỏi ở chi bộ")]
    assert violations(an.page) == []
    an.presses("Done")
    an.page.locator("[data-mine]").get_by_text("Hỏi ở chi bộ").wait_for()

    an.page.locator(".doc .sign").click()
    assert an.page.locator("#pen-text").input_value() == "Hỏi ở chi bộ"
    an.presses("Remove the mark")
    an.sees("The mark is removed.")
    assert an.page.locator("mark.noted").count() == 0
    an.presses("Undo")
    an.page.locator("mark.noted").wait_for()
    assert notes(city) == [(WORDS, "Hỏi ở chi bộ")]


def test_by_keys_alone(city: World, at_work: AtWork, document: Document) -> None:
    an = at_work(city.an).opens(f"/library/{document.id}")
    keys = an.page.keyboard
    an.page.locator(".doc p").first.focus()

    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("Shift+ArrowRight")
    keys.press("Enter")
    keys.press("Enter")  # the first button of the pen
    an.page.locator("mark.noted").wait_for()
    assert notes(city) == [("có cách", "")]

    keys.press("ArrowDown")
    keys.press("Enter")
    keys.press("ArrowRight")
    keys.press("Enter")
    keys.type("cả đoạn")
    keys.press("Escape")
    an.page.locator(".doc .sign").wait_for()
    assert ("Cần có cách tiếp cận mở, sáng tạo, cho thí điểm.", "cả đoạn") in notes(city)


def test_by_finger_on_a_telephone(city: World, at_work: AtWork, document: Document) -> None:
    an = at_work(city.an, size=PHONE, touch=True).opens(f"/library/{document.id}")
    an.page.evaluate(SELECT, [7, 7 + len(WORDS)])

    button = an.page.get_by_role("button", name="Add a note")
    button.wait_for()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    button.tap()
    an.page.locator("#pen-text").fill("trên điện thoại")
    an.page.get_by_role("button", name="Done").tap()
    an.page.locator("[data-jotter]").wait_for(state="hidden")

    assert notes(city) == [(WORDS, "trên điện thoại")]
    assert violations(an.page) == []


def test_without_a_connection_the_note_stays_and_is_sent_when_it_is_back(
    city: World, at_work: AtWork, document: Document
) -> None:
    an = at_work(city.an).opens(f"/library/{document.id}")
    an.context.set_offline(True)
    an.page.evaluate(SELECT, [7, 7 + len(WORDS)])
    an.presses("Add a note")
    an.page.locator("#pen-text").fill("gõ lúc mất mạng")
    an.sees("Not saved yet: no connection.")
    an.page.get_by_role("button", name="Done").click()
    an.page.wait_for_timeout(300)
    assert an.page.locator("#pen-text").input_value() == "gõ lúc mất mạng"
    assert notes(city) == []

    an.context.set_offline(False)
    an.sees("Saved at")
    assert notes(city) == [(WORDS, "gõ lúc mất mạng")]


def test_notes_are_quoted_into_the_part_one_is_writing(
    city: World, at_work: AtWork, round_: StudyRound, document: Document
) -> None:
    essay = city.essay(round_=round_, text="Đầu bài.")
    service.mark(
        city.db, document, Spot(0, 0, 7, 33), words=WORDS, text="liên hệ chi bộ",
        by=city.actor(city.an), now=NOW,
    )  # fmt: skip
    city.db.commit()
    an = at_work(city.an, size=DESK).opens(f"/essays/{essay.id}/edit")
    area = an.page.locator("textarea.write").nth(1)
    area.click()
    an.page.keyboard.press("Control+End")

    an.presses("Quote in this part")
    an.presses("Insert the note")

    quoted = f"Đầu bài. «{WORDS}» (Resolution No. 52-NQ/TW, I) liên hệ chi bộ"
    assert area.input_value() == quoted
    an.sees("Saved at")


def test_axe_objects_to_nothing_where_there_are_notes(
    city: World, at_work: AtWork, document: Document
) -> None:
    note = service.mark(
        city.db, document, Spot(0, 0, 7, 33), words=WORDS, text="để hỏi",
        by=city.actor(city.an), now=NOW,
    )  # fmt: skip
    city.db.commit()
    found: list[str] = []

    an = at_work(city.an)
    for path in (f"/library/{document.id}", f"/notes/documents/{document.id}", f"/notes/{note.id}"):
        an.opens(path)
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            an.page.set_viewport_size(size)
            an.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found += violations(an.page)

    assert found == []


def test_the_link_to_a_place_leads_another_reader_there(
    city: World, at_work: AtWork, document: Document
) -> None:
    an = at_work(city.an).opens(f"/library/{document.id}?part=0")
    an.page.evaluate(SELECT, [8, 20])
    an.presses("Copy the link")
    an.page.wait_for_function("location.hash === '#at-0-0'")

    lan = at_work(city.lan).opens(an.page.url.removeprefix(an.address))

    assert lan.page.locator("[data-text]:target").count() == 1
    assert notes(city) == []
