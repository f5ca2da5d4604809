"""Notes on documents in the browser: without a script, for the script, beside the essay."""

import pytest
from flask import Flask
from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.library.models import Document
from studyhub.notes import service
from studyhub.notes.anchoring import Spot
from studyhub.notes.models import Note
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World

WORDS = "cách tiếp cận mở, sáng tạo"


def marked(
    town: World, document: Document, who: User | None = None, *, part: int = 0, text: str = ""
) -> Note:
    by = town.actor(who or town.an)
    note = service.mark(
        town.db, document, Spot(part, 0, 7, 33), words=WORDS, text=text, by=by, now=NOW
    )
    town.db.commit()
    return note


def answer(browser: Browser, url: str, **fields: object) -> tuple[int, dict[str, str]]:
    """What the script is told."""
    data = {"csrf_token": browser.token(), **fields}
    told = browser.client.post(url, data=data, headers={"Accept": "application/json"})
    return told.status_code, told.get_json()


def test_without_a_script_a_paragraph_is_marked_by_a_page(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()
    an = as_(town.an)
    page = an.visit(f"/library/{document.id}")
    link = page.all("a", class_="mark-this noprint")[1]["href"]

    form = an.visit(link)
    words = form.one("input", name="words")["value"]
    after = an.post(
        f"/notes/documents/{document.id}/mark",
        status=200, part="1", paragraph="0", words=words, text="Hỏi ở chi bộ",
    )  # fmt: skip

    note = town.db.scalars(select(Note)).one()
    assert (note.part, note.words, note.text) == (1, words, "Hỏi ở chi bộ")
    assert after.one("mark", id=f"note-{note.id}").text == words
    assert "Hỏi ở chi bộ" in after.text


def test_a_refused_note_keeps_what_was_typed(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()
    an, long = as_(town.an), "dài " * 1500

    page = an.post(
        f"/notes/documents/{document.id}/mark", status=422,
        part="0", paragraph="0", words=WORDS, text=long,
    )  # fmt: skip

    assert page.one("textarea", id="text").text.strip() == long.strip()
    note = marked(town, document)
    again = an.post(f"/notes/{note.id}", status=422, text=long)
    assert again.one("textarea", id="text").text.strip() == long.strip()


def test_the_script_gets_the_paragraph_and_the_list(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()
    an = as_(town.an)

    status, told = answer(
        an, f"/notes/documents/{document.id}/mark",
        part="0", paragraph="0", start="7", words=WORDS, text="<b>vì sao",
    )  # fmt: skip

    assert status == 200
    assert told["at"] == "0:0"
    assert f'id="note-{told["id"]}">{WORDS}</mark>' in told["html"]
    assert "&lt;b&gt;vì sao" in told["mine"]
    assert "<b>" not in told["html"]
    assert told["saved"] == "Saved at 09:00"

    status, told = answer(an, f"/notes/{told['id']}/remove")
    assert "<mark" not in told["html"]
    status, told = answer(an, f"/notes/{told['id']}/put-back")
    assert "<mark" in told["html"]
    status, told = answer(an, f"/notes/{told['id']}", text="rõ rồi")
    assert "rõ rồi" in told["mine"]


def test_words_corrected_away_are_refused_in_a_sentence(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()

    status, told = answer(
        as_(town.an),
        f"/notes/documents/{document.id}/mark",
        part="9999999999",
        words="không có đâu",
    )

    assert status == 409
    assert "corrected" in told["error"]


def test_removing_can_be_undone_without_a_script(town: World, as_: SignIn) -> None:
    document = town.document()
    note, an = marked(town, document, text="để hỏi"), as_(town.an)

    page = an.post(f"/notes/{note.id}/remove", status=200)

    assert "Just removed" in page.text
    assert not an.visit(f"/library/{document.id}").all("mark", data_note=str(note.id))
    assert "is back" in an.post(f"/notes/{note.id}/put-back", status=200).source
    assert an.visit(f"/library/{document.id}").one("mark", id=f"note-{note.id}")


@pytest.mark.parametrize("name", ["lan", "binh", "dung", "em", "phuc"])
def test_others_find_nothing(town: World, as_: SignIn, name: str) -> None:
    round_ = town.round()
    document = round_.documents[0].document
    essay = town.essay(round_=round_)
    note = marked(town, document, text="chuyện riêng")
    other = as_(getattr(town, name))

    assert other.visit(f"/notes/{note.id}", status=404)
    for deed in ("", "/remove", "/put-back"):
        assert other.post(f"/notes/{note.id}{deed}", status=404, text="x")
    for path in (f"/library/{document.id}", f"/notes/documents/{document.id}"):
        assert "chuyện riêng" not in other.visit(path).source
    assert essay.author is town.an


def test_found_words_and_marks_stand_in_each_other(town: World, as_: SignIn) -> None:
    document = town.document()
    note = marked(town, document)

    page = as_(town.an).visit(f"/library/{document.id}?q=TIEP+can+mo")

    assert page.one("mark", id=f"note-{note.id}").text == "cách"
    assert [e.text for e in page.all("mark") if "class" not in e.attrs][-1] == "tiếp cận mở"


def test_notes_are_printed_when_asked_for(town: World, as_: SignIn) -> None:
    document = town.document()
    marked(town, document, text="in ra")
    an = as_(town.an)

    assert not an.visit(f"/library/{document.id}").all("p", class_="beside-text")
    page = an.visit(f"/library/{document.id}?whole=1&notes=1")
    assert page.one("p", class_="beside-text").text == "Note: in ra"
    assert "in ra" in an.visit(f"/notes/documents/{document.id}").text


def test_notes_stand_beside_the_essay_in_the_order_of_the_document(
    town: World, as_: SignIn
) -> None:
    round_ = town.round()
    essay, document = town.essay(round_=round_), round_.documents[0].document
    marked(town, document, part=1, text="liên hệ chi bộ")
    marked(town, document)
    marked(town, document, town.lan, text="của Lan")

    page = as_(town.an).visit(f"/essays/{essay.id}/edit")

    assert [e.text for e in page.all("blockquote")] == [
        f"«{WORDS}» (Resolution No. 52-NQ/TW, I)",
        f"«{WORDS}» (Resolution No. 52-NQ/TW, II)",
    ]
    assert "liên hệ chi bộ" in page.text
    assert "của Lan" not in page.source


def test_the_pages_ask_as_much_with_many_notes_as_with_none(
    app: Flask, town: World, as_: SignIn
) -> None:
    round_ = town.round()
    essay, document = town.essay(round_=round_), round_.documents[0].document
    town.db.commit()
    an = as_(town.an)
    pages = (
        f"/essays/{essay.id}/edit", f"/library/{document.id}", f"/notes/documents/{document.id}",
    )  # fmt: skip

    def asked() -> list[int]:
        counts = []
        for path in pages:
            with counted_in(app) as statements:
                an.visit(path)
            counts.append(len(statements))
        return counts

    before = asked()
    for part in (0, 1):
        marked(town, document, part=part, text="ghi")
    assert asked() == before
    assert max(before) <= 14
