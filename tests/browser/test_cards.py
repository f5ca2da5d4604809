"""Sign-in slips in a real browser: made, printed, and used on a telephone."""

from collections.abc import Callable

import pypdfium2
from playwright.sync_api import Page

from tests.browser.people import PHONE, Person, violations
from tests.world import World

LONG_NAME = "Công Tằng Tôn Nữ Thị Hoàng Phương Thảo Nguyên"
LONG_CELL = (
    "Chi bộ Phòng Kiểm soát thủ tục hành chính và Chuyển đổi số Trung tâm Phục vụ hành chính công"
)
CUT_OFF = """slips => slips.filter(slip => slip.scrollHeight > slip.clientHeight
    || slip.scrollWidth > slip.clientWidth).map(slip => slip.innerText)"""

AtWork = Callable[..., Person]


def makes_slips(keeper: Person, city: World) -> Page:
    """For everybody in the cell."""
    keeper.opens(f"/org/units/{city.cell.id}/cards?who=all").presses("Make the sheet")
    keeper.sees("to be printed on A4")
    return keeper.page


def test_sixty_slips_are_printed_eight_on_a_sheet_and_none_is_cut_off(
    city: World, at_work: AtWork
) -> None:
    city.cell.name = LONG_CELL
    people = [city.person(f"{LONG_NAME} {n}", city.cell) for n in range(56)]
    people[0].card_number = None
    people[0].email = "nguyen.thi.hoang.phuong.thao.nguyen@vanphong.tinhuy.example.gov.vn"
    city.db.commit()

    page = makes_slips(at_work(city.em), city)

    assert page.locator(".card-slip").count() == 60
    assert violations(page) == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})
    assert page.locator(".card-slip").evaluate_all(CUT_OFF) == []
    assert len(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))) == 8


def test_a_member_comes_in_with_the_picture_on_the_slip(city: World, at_work: AtWork) -> None:
    page = makes_slips(at_work(city.em), city)
    code = page.locator(".sign-in-code").first.inner_text().replace(" ", "")

    an = at_work(None, size=PHONE, script=False)
    an.opens(f"/sign-in/card?code={code}").presses("Sign in")
    an.types("New password", "một câu ngắn").types("The same once more", "một câu ngắn")
    an.presses("Set the password")

    an.sees("Hello, comrade")
    assert "Nguyễn Văn An" in an.opens("/account").says()
