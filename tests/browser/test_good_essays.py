"""A good essay in the browser: proposed, approved, agreed to, and its booklet downloaded."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
from playwright.sync_api import Page, expect

from tests.booklet.shelved import accepted
from tests.browser.people import PHONE, Person
from tests.world import World

AtWork = Callable[..., Person]


def downloaded(page: Page, link: str) -> bytes:
    """The file behind the link, as it lies on the reader's disk."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).click()
    path: Path = coming.value.path()
    return path.read_bytes()


def told(made: bytes) -> str:
    """All that stands in it."""
    if made.startswith(b"PK"):
        return "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)
    document = pypdfium2.PdfDocument(made)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_from_proposing_to_the_booklet_and_out_of_it_again(city: World, at_work: AtWork) -> None:
    round_ = city.round(title="Đợt một")
    essay = accepted(city, round_=round_, text="Ưu điểm: gắn với việc một cửa ở xã Đắk Ơ.")
    city.db.commit()

    binh = at_work(city.binh).opens(f"/review/{essay.id}").follows("Propose it as a good one")
    binh.types("Why it is a good essay", "Liên hệ rất sát.").presses("Propose it")
    expect(binh.page.get_by_text("Proposed. The committee above has been told.")).to_be_visible()

    dung = at_work(city.dung).opens("/notices/")
    dung.presses("proposes an essay of").presses("Approve: ask the author")
    expect(dung.page.get_by_text("Approved. The author is asked now.")).to_be_visible()

    an = at_work(city.an, size=PHONE).opens(f"/essays/{essay.id}").follows("Answer")
    an.ticks("Yes, with my cell only").presses("Send my answer")
    expect(an.page.get_by_text("Thank you. It is published")).to_be_visible()

    hoa = at_work(city.hoa).opens("/good-essays/").follows("Đợt một")
    for link in ("Booklet as PDF", "Booklet for Word"):
        words = " ".join(told(downloaded(hoa.page, link)).split())
        assert "Ưu điểm: gắn với việc một cửa ở xã Đắk Ơ." in words
        assert "Bài của một đồng chí ở Chi bộ Văn phòng" in words
        assert "Nguyễn Văn An" not in words
    hoa.follows("A comrade of Chi bộ Văn phòng").sees("Ưu điểm: gắn với việc")

    an.presses("Take my consent back")
    expect(an.page.get_by_text("It is not published.")).to_be_visible()
    hoa.opens(f"/good-essays/rounds/{essay.round_id}").sees("Nothing is published here")


def test_consent_without_script(city: World, at_work: AtWork) -> None:
    essay = accepted(city)
    city.db.commit()
    binh = at_work(city.binh, script=False).opens(f"/essays/{essay.id}")
    binh.follows("Propose it as a good one").types("Why it is a good essay", "Sát.")
    binh.presses("Propose it").sees("Waits for the committee")
    dung = at_work(city.dung, script=False).opens("/good-essays/proposals")
    dung.follows(city.an.full_name).types("Your word to the cell", "Chưa đủ số liệu.")

    dung.presses("Decline").sees("Declined. The cell is told why.")

    binh.opens("/notices/").presses("is not published").sees("Chưa đủ số liệu.")
