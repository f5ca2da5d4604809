"""What comes with a document, on its pages."""

import io
from typing import Any

from sqlalchemy import select

from studyhub.library.attachments import Attachment, AttachmentPage, Drawn
from studyhub.library.models import Document
from tests.library.test_attaching import office, slides
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import World

SLIDES = "presentationml.presentation.main+xml"


def attach(officer: Browser, document: Document, status: int = 200, **files: Any) -> Any:
    told = {name: (io.BytesIO(data), f"Trình chiếu Đợt 1.{name}") for name, data in files.items()}
    form = {"title": "Chuyên đề 1", **told}
    return officer.post(f"/library/{document.id}/attachments", status=status, **form)


def the_one(town: World) -> Attachment:
    town.db.rollback()
    return town.db.scalars(select(Attachment)).one()


def test_an_officer_attaches_a_pdf_and_everybody_reads_it_page_by_page(
    town: World, as_: SignIn
) -> None:
    document = town.document()
    town.db.commit()
    data = slides("Hà", "Hạnh")
    attach(as_(town.dung), document, file=data)
    made = the_one(town)
    an, there = as_(town.an), f"/library/attachments/{made.id}"

    assert "Pages are being drawn" in an.visit(f"/library/{document.id}").text
    assert "Those that are ready stand here" in an.visit(there).text
    made = the_one(town)
    for at in range(2):
        made.pages.append(
            AttachmentPage(position=at, picture_key="0" * 64, width=9, height=16, words=f"Chữ {at}")
        )
    made.drawn, made.page_count = Drawn.READY, 2
    town.db.commit()

    page = an.visit(f"{there}?page=2")
    assert "Chữ 1" in page.text
    assert page.one("img", width="9")["alt"] == "Page 2; its words stand below."
    assert "2 pages" in an.visit(f"/library/{document.id}").text
    assert an.client.get(f"{there}/file").data == data
    an.visit(f"{there}/pages/3.jpg", status=404)
    an.visit(f"{there}/pages/1.jpg", status=404)  # not in the store of this test


def test_slides_need_their_pdf_and_every_word_stays(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()
    dung = as_(town.dung)

    page = attach(dung, document, status=422, file=office(SLIDES))
    assert "Slides are shown from their PDF." in page.text
    assert page.one("input", name="title")["value"] == "Chuyên đề 1"
    assert "This is not a PDF." in attach(
        dung, document, status=422, file=office(SLIDES), pdf=office(SLIDES)
    ).text  # fmt: skip

    attach(dung, document, file=office(SLIDES), pdf=slides("Hà"))
    made = the_one(town)
    assert made.file_key != made.pdf_key
    answer = dung.client.get(f"/library/attachments/{made.id}/file")
    assert "presentationml" in answer.content_type
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_what_is_no_such_file_is_refused_and_what_was_attached_is_taken_away(
    town: World, as_: SignIn
) -> None:
    document = town.document()
    town.db.commit()
    dung = as_(town.dung)

    assert "Only .pdf, .docx" in attach(dung, document, status=422, file=b"MZ\x90").text
    assert "Choose a file." in attach(dung, document, status=422).text
    attach(dung, document, file=slides("Hà"))
    made = the_one(town)
    as_(town.an).post(f"/library/attachments/{made.id}/take-away", status=403)

    page = dung.post(f"/library/attachments/{made.id}/take-away")

    assert "no longer comes with the document" in page.text
    assert "Nothing comes with this document yet" in page.text
