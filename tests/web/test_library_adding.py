"""Adding a document: recognised, checked, saved, and its file given back."""

import hashlib
import io
import re
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from studyhub.library.models import Document
from studyhub.web.library import forms, original
from tests.library import makers
from tests.web.conftest import SignIn
from tests.web.documents import TEXT, filled, save, upload
from tests.world import World


def kept(town: World, number: str = "57-NQ/TW") -> Document | None:
    town.db.rollback()
    return town.db.scalar(select(Document).where(Document.number == number))


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (makers.word, "nq57.docx"),
        (makers.word_numbered, "nq57.docx"),
        (makers.pdf, "nq57.pdf"),
        (lambda lines: "\n\n".join(lines).encode(), "nq57.md"),
        (lambda lines: "\r\n".join(lines).encode("utf-16"), "nq57.txt"),
    ],
)
def test_a_file_is_recognised_checked_and_saved(
    town: World, as_: SignIn, made: Any, name: str
) -> None:
    officer = as_(town.dung)

    page = upload(officer, made(TEXT.split("\n")), name)

    fields = filled(page)
    assert (fields["type"], fields["number"], fields["issuer"]) == (
        "resolution", "57-NQ/TW", "Bộ Chính trị",
    )  # fmt: skip
    assert (fields["place"], fields["issued_on"]) == ("Hà Nội", "22/12/2024")
    assert fields["subject"].lower() == "về đột phá phát triển khoa học và chuyển đổi số"
    assert kept(town) is None

    shown = save(officer, page)

    document = kept(town)
    assert document
    assert [(part.level, part.number) for part in document.parts] == [
        (1, "I."), (2, "1."), (2, "2."), (1, "II."), (2, "a)"), (2, "b)"),
    ]  # fmt: skip
    assert document.file_name == name
    assert "Lấy người dân làm trung tâm." in shown.text


def test_a_browser_sends_the_field_of_the_file_with_pasted_text_too(
    town: World, as_: SignIn
) -> None:
    nothing = (io.BytesIO(b""), "")

    page = as_(town.dung).post("/library/add", status=200, file=nothing, pasted=TEXT)

    assert filled(page)["number"] == "57-NQ/TW"


def test_pasted_text_is_read_and_kept_as_its_own_original(town: World, as_: SignIn) -> None:
    officer = as_(town.dung)

    page = officer.post("/library/add", status=200, pasted=TEXT)
    save(officer, page)

    document = kept(town)
    assert document
    answer = officer.client.get(f"/library/{document.id}/original")
    assert answer.data.decode().split() == TEXT.split()
    assert "Pasted text.txt" in unquote(answer.headers["Content-Disposition"])


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"MZ\x90\x00", "nghi-quyet.docx", "a program"),
        (b"\xff\xd8\xff\xe0 JFIF", "scan.pdf", "a picture"),
        (b"  \n ", "empty.txt", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    town: World, as_: SignIn, data: bytes, name: str, says: str
) -> None:
    page = upload(as_(town.dung), data, name, status=422)

    assert says in page.text


def test_nothing_chosen_is_said_beside_the_field(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post("/library/add", status=422, pasted=" ")

    assert "Choose a file, or paste the text." in page.one("p", id="file-e").text
    assert page.all("title")[0].text.startswith("Error:")


def test_a_file_too_large_is_refused(
    town: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "LARGEST", 1_000)

    page = upload(as_(town.dung), b"a" * 1_001, "big.txt", status=422)

    assert "larger than 20 MB" in page.one("p", id="file-e").text


def test_looking_again_shows_the_outline_and_saves_nothing(town: World, as_: SignIn) -> None:
    officer = as_(town.dung)
    page = officer.post("/library/add", pasted=TEXT)

    text = "# I. Một\nLời.\n## 1. Hai\n# II. Ba\nLời."
    again = officer.post("/library/add/checked", status=200, do="look", **filled(page, text=text))

    assert [item.text for item in again.all("li", class_="lv2")] == ["1. Hai"]
    assert kept(town) is None


def test_what_was_typed_comes_back_with_the_errors(town: World, as_: SignIn) -> None:
    officer = as_(town.dung)
    page = officer.post("/library/add", pasted=TEXT)

    again = save(officer, page, status=422, type="", issued_on="31/02/2024", subject="Của tôi")

    assert "Choose the type of the document." in again.one("p", id="type-e").text
    assert again.one("input", id="issued_on")["value"] == "31/02/2024"
    assert again.one("textarea", id="subject").text == "Của tôi"
    assert save(officer, again, type="plan", issued_on="", subject="x").status == 200


def test_the_same_document_twice_is_refused_and_the_words_are_kept(
    town: World, as_: SignIn
) -> None:
    officer = as_(town.dung)
    page = officer.post("/library/add", pasted=TEXT)
    save(officer, page)

    again = save(officer, page, status=422)

    assert "already holds document 57-NQ/TW" in again.text
    assert "I. TÌNH HÌNH" in again.one("textarea", id="text").text


def test_a_file_of_another_cannot_be_claimed(town: World, as_: SignIn) -> None:
    officer = as_(town.dung)
    page = officer.post("/library/add", pasted=TEXT)

    again = save(officer, page, status=422, original='["../../settings.toml","x"].forged')

    assert "Choose it again" in again.text
    assert kept(town) is None


def test_the_checking_page_reopened_begins_anew(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit("/library/add/checked")

    assert page.all("input", id="file")


def test_the_original_comes_back_byte_for_byte_under_its_name(town: World, as_: SignIn) -> None:
    officer, data = as_(town.dung), makers.word(TEXT.split("\n"))
    save(officer, upload(officer, data, "Nghị quyết «57» của Đảng.docx"))
    document = kept(town)
    assert document

    answer = as_(town.an).client.get(f"/library/{document.id}/original")

    said = answer.headers["Content-Disposition"]
    assert hashlib.sha256(answer.data).digest() == hashlib.sha256(data).digest()
    assert said.startswith('attachment; filename="Nghi quyet _57_ cua Dang.docx"')
    assert unquote(said.split("UTF-8''")[1]) == "Nghị quyết «57» của Đảng.docx"
    assert answer.content_type == original.WORD
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_dangerous_file_name_does_not_reach_the_header(town: World, as_: SignIn) -> None:
    officer = as_(town.dung)
    save(officer, upload(officer, TEXT.encode(), 'tmp/a"; x="b.txt'))
    document = kept(town)
    assert document

    said = officer.client.get(f"/library/{document.id}/original").headers["Content-Disposition"]

    assert re.fullmatch(r'attachment; filename="[^"]*"; filename\*=UTF-8\'\'[\w.%-]+', said)
    assert "tmp" not in said


def test_a_document_without_a_file_has_no_original(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()

    as_(town.an).visit(f"/library/{document.id}/original", status=404)
