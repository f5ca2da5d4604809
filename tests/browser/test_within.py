"""Finding words in one's own text: in every part, marks or no marks, in large letters too."""

from collections.abc import Callable

from tests.browser.people import Person
from tests.world import World

AtWork = Callable[..., Person]
SELECTED = """() => {
  const { name, value, selectionStart, selectionEnd } = document.activeElement;
  return [name, value.slice(selectionStart, selectionEnd)];
}"""


def test_each_place_is_found_one_after_another(city: World, at_work: AtWork) -> None:
    essay = city.essay(city.an, text="Chuyển đổi số 😀 là việc lớn. Nói lại: chuyển đổi số.")
    city.db.commit()
    desk = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    desk.page.get_by_text("Find in my text").first.click()
    field = desk.page.get_by_label("Find in my text")
    field.fill("chuyen doi")
    places = 2 * len(essay.draft)
    desk.sees(f"of {places} places")

    field.press("Enter")
    assert desk.page.evaluate(SELECTED)[1] == "Chuyển đổi"
    desk.page.get_by_role("button", name="Next place").click()
    assert desk.page.evaluate(SELECTED)[1] == "chuyển đổi"
    desk.sees(f"2 of {places} places")
    field.fill("không có ở đây")
    desk.sees("These words do not stand in your text.")


def test_in_large_letters_the_part_of_the_place_is_shown(city: World, at_work: AtWork) -> None:
    essay = city.essay(city.an, text="một")
    last = list(essay.draft)[-1]
    essay.draft = {**essay.draft, last: "Chỉ ở phần cuối có chữ lạ này."}
    city.db.commit()
    desk = at_work(city.an).opens(f"/essays/{essay.id}/edit")
    desk.presses("Large letters, one part at a time")
    desk.page.get_by_text("Find in my text").first.click()
    field = desk.page.get_by_label("Find in my text")
    field.fill("chu la")
    field.press("Enter")
    assert desk.page.evaluate(SELECTED) == [f"text-{last}", "chữ lạ"]
