"""Reading a document: pages, the place, words found, and saying that it is read."""

import pytest
from flask import Flask

from studyhub.completion.models import Progress
from studyhub.library import notation, service
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document, Reading
from studyhub.web.csrf import HEADER
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World

PROSE = "Lời văn của phần này. " * 200
LONG = "\n".join(
    f"# {number}. Phần thứ {number}\n{PROSE}\n## 1. Mục con\nĐoạn {number}."
    for number in ("I", "II", "III", "IV")
)


def long_document(town: World) -> Document:
    """Four parts of a thousand syllables: a page each."""
    document = service.add_document(
        town.db,
        FrontMatter(number="9-NQ/TW", type=DocumentType.RESOLUTION, subject="về <b>học</b>"),
        notation.read(LONG),
        file_key=None,
        file_name="",
        by=town.actor(town.dung),
        now=NOW,
    )
    town.db.commit()
    return document


def place(town: World, document: Document) -> Reading | None:
    town.db.rollback()
    town.db.expire_all()
    return town.db.get(Reading, (town.an.id, document.id))


def headings(browser: Browser, address: str) -> list[str]:
    page = browser.visit(address)
    return [e.text for tag in ("h2", "h3") for e in page.all(tag) if "data-part" in e.attrs]


def test_a_short_document_stands_on_one_page(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()

    page = as_(town.an).visit(f"/library/{document.id}")

    assert [e.text for e in page.all("h2") if "data-part" in e.attrs] == [
        "I. Quan điểm chỉ đạo", "II. Mục tiêu",
    ]  # fmt: skip
    assert "Page" not in page.text
    assert page.all("form", action=f"/library/{document.id}/finish")


def test_a_long_document_is_read_page_by_page(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    first = an.visit(f"/library/{document.id}")

    assert "Page 1/4" in first.text
    assert "<b>học" in first.text
    assert "Đoạn I." in first.text
    assert "Đoạn II." not in first.text
    assert not first.all("form", action=f"/library/{document.id}/finish")
    assert headings(an, f"/library/{document.id}?part=3")[0] == "II. Phần thứ II"
    assert an.visit(f"/library/{document.id}?part=6").all(
        "form", action=f"/library/{document.id}/finish"
    )


@pytest.mark.parametrize("part", ["999999", "-1", "x", "9" * 30, "²"])
def test_an_address_beyond_the_document_shows_a_page(town: World, as_: SignIn, part: str) -> None:
    document = long_document(town)

    assert "Page" in as_(town.an).visit(f"/library/{document.id}?part={part}").text


def test_the_whole_document_on_one_page(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    assert len(headings(an, f"/library/{document.id}?whole=1")) == 8


def test_reading_on_keeps_the_place_and_coming_back_leads_there(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    page = an.post(f"/library/{document.id}/place", part="4", status=200)

    assert "Page 3/4" in page.text
    kept = place(town, document)
    assert kept
    assert (kept.position, kept.furthest) == (4, 4)
    back = an.visit(f"/library/{document.id}")
    assert "You stopped at: III. Phần thứ III" in back.text
    assert back.all("a", href=f"/library/{document.id}?part=4#iii")


def test_looking_keeps_nothing(town: World, as_: SignIn) -> None:
    document = long_document(town)

    as_(town.an).visit(f"/library/{document.id}?part=4")

    assert place(town, document) is None


def test_a_script_keeps_the_place(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    answer = an.client.post(
        f"/library/{document.id}/place",
        data={"part": "5"},
        headers={HEADER: an.token(), "Accept": "application/json"},
    )

    assert answer.json == {"position": 5}
    kept = place(town, document)
    assert kept
    assert kept.position == 5


def test_without_a_token_no_place_is_kept(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    answer = an.client.post(f"/library/{document.id}/place", data={"part": "5"})

    assert answer.status_code == 403
    assert place(town, document) is None


def test_a_place_beyond_the_document_after_a_correction(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)
    an.post(f"/library/{document.id}/place", part="7")
    short = notation.read("# I. Một\nLời.\n# II. Hai\nLời.")
    service.change_document(
        town.db, document, FrontMatter(type=DocumentType.PLAN), short,
        seen=service.fingerprint(document), by=town.actor(town.dung), now=NOW,
    )  # fmt: skip
    town.db.commit()

    assert "You stopped at: II. Hai" in an.visit(f"/library/{document.id}").text


def test_saying_that_it_is_read_counts_in_the_round(town: World, as_: SignIn) -> None:
    round_ = town.round(summoned=[town.an])
    document = round_.documents[0].document
    town.db.commit()
    an = as_(town.an)

    page = an.post(f"/library/{document.id}/finish", status=200)

    assert "You finished reading this document on 25/11/2026." in page.text
    assert not page.all("form", action=f"/library/{document.id}/finish")
    town.db.rollback()
    town.db.expire_all()
    assert town.db.query(Progress).one().read
    assert "Read" in an.visit("/library/").text


def test_words_are_found_without_marks_and_marked(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    page = an.visit(f"/library/{document.id}?q=muc+CON&part=0")

    assert [e.text for e in page.all("mark")][:4] == ["Mục con"] * 4
    assert "“muc CON” stands in 4 places" in page.text
    assert page.all("a", href=f"/library/{document.id}?part=3&q=muc+CON#ii-1")


def test_what_does_not_stand_there_is_said(town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    assert "does not stand in this document" in an.visit(f"/library/{document.id}?q=<x>y").text
    assert "place" not in an.visit(f"/library/{document.id}?q=a").text


def test_reading_takes_few_queries(app: Flask, town: World, as_: SignIn) -> None:
    document, an = long_document(town), as_(town.an)

    with counted_in(app) as statements:
        an.visit(f"/library/{document.id}?q=van")
    with counted_in(app) as listed:
        an.visit("/library/")

    assert len(statements) <= 9
    assert len(listed) <= 9
