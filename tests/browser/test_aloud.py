"""A document is read aloud by the voice of the browser, where it has a Vietnamese one."""

from collections.abc import Callable

from tests.browser.people import Person
from tests.world import World

AtWork = Callable[..., Person]
VOICE = """
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "vi-VN" }],
    addEventListener() {},
    cancel() {},
    speak(line) { window.said.push(line.text); setTimeout(() => line.onend?.(), 0); },
  } });
"""
"""No voice is installed where tests run: it notes what it was given to say."""


def test_a_page_of_a_document_is_read_aloud_from_its_heading_on(
    city: World, at_work: AtWork
) -> None:
    document = city.round().documents[0].document
    city.db.commit()
    an = at_work(city.an)
    an.page.add_init_script(VOICE)
    an.opens(f"/library/{document.id}")

    an.presses("Read aloud")
    an.page.wait_for_function("window.said.length >= 4")

    said = an.page.evaluate("window.said.slice(0, 2)")
    assert said == ["I. Quan điểm chỉ đạo", "Cần có cách tiếp cận mở, sáng tạo, cho thí điểm."]


def test_without_a_vietnamese_voice_it_is_not_offered(city: World, at_work: AtWork) -> None:
    document = city.round().documents[0].document
    city.db.commit()

    an = at_work(city.an).opens(f"/library/{document.id}")

    assert an.page.get_by_role("button", name="Read aloud").count() == 0
