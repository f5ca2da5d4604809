"""The library in the browser: who may do what, correcting, finding."""

import re

import pytest

from studyhub.library.front_matter import DocumentType
from tests.web.browser import Browser, Page
from tests.web.conftest import SignIn
from tests.web.documents import TEXT, filled
from tests.world import World


def links(page: Page) -> list[str]:
    """The documents on the list."""
    return [e["href"] for e in page.all("a") if re.fullmatch(r"/library/[\w-]{36}", e["href"])]


@pytest.mark.parametrize("name", ["an", "binh", "em", "phuc"])
def test_only_officers_add_and_change(town: World, as_: SignIn, name: str) -> None:
    document = town.document()
    town.db.commit()
    reader = as_(getattr(town, name))

    assert reader.visit("/library/add", status=404)
    assert reader.post("/library/add", status=404, pasted=TEXT)
    assert reader.visit(f"/library/{document.id}/change", status=403)
    assert reader.post(f"/library/{document.id}/change", status=403, do="save")
    assert "Add a document" not in reader.visit("/library/").text
    assert "/change" not in reader.visit(f"/library/{document.id}").source


def test_a_visitor_is_asked_to_sign_in(town: World, visitor: Browser) -> None:
    document = town.document()
    town.db.commit()

    for path in ("/library/", f"/library/{document.id}", f"/library/{document.id}/original"):
        assert visitor.visit(path).all("input", name="password")


def test_a_document_is_corrected(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()
    officer, address = as_(town.dung), f"/library/{document.id}/change"
    page = officer.visit(address)

    changes = {"subject": "về kinh tế số", "text": "# I. Mới\nLời mới."}
    officer.post(address, status=200, do="save", **filled(page, **changes))

    town.see(document)
    assert document.subject == "về kinh tế số"
    assert [part.title for part in document.parts] == ["Mới"]


def test_a_stale_correction_overwrites_nothing(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()
    one, other, address = as_(town.dung), as_(town.dung), f"/library/{document.id}/change"
    page = one.visit(address)
    other.post(address, do="save", **filled(other.visit(address), subject="của người trước"))

    again = one.post(address, status=422, do="save", **filled(page, subject="của người sau"))

    assert "Somebody else changed this document" in again.text
    assert again.one("textarea", id="subject").text == "của người sau"
    town.see(document)
    assert document.subject == "của người trước"


def test_documents_are_found_without_marks_and_by_type(town: World, as_: SignIn) -> None:
    resolution = town.document("về chuyển đổi số")
    plan = town.document("về cải cách hành chính")
    plan.type, plan.number = DocumentType.PLAN, "12-KH/ĐU"
    town.db.commit()
    an = as_(town.an)

    assert links(an.visit("/library/?q=CHUYEN+doi")) == [f"/library/{resolution.id}"]
    assert links(an.visit("/library/?q=52-nq\u2060/\u2060tw&type=resolution")) == [
        f"/library/{resolution.id}"
    ]
    assert links(an.visit("/library/?type=plan")) == [f"/library/{plan.id}"]
    assert "No document fits" in an.visit("/library/?q=kinh+te").text
    assert an.visit("/library/?type=nonsense&page=-3").status == 200


def test_an_empty_library_says_what_to_do(town: World, as_: SignIn) -> None:
    assert "Add the first resolution" in as_(town.dung).visit("/library/").text
    assert "As soon as the committee" in as_(town.an).visit("/library/").text
