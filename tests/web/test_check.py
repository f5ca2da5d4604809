"""The public check: text and code agree or do not, and nothing else is told."""

import hashlib
import io
import time

import pytest
from sqlalchemy import func, select

from studyhub.essays import checking, service
from studyhub.essays.models import Essay, Version
from studyhub.kernel.clock import StoppedClock
from studyhub.papers.kinds import Kind
from studyhub.papers.models import Original
from studyhub.web.essays import checking as page_of_it
from tests.papers import makers
from tests.web import test_papers_pages as pages
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World

TEXT = "Tôi đã đọc kỹ nghị quyết.\nTôi sẽ làm theo."
PASTED = f"Nhận thức\n\n{TEXT}\n\n Liên hệ thực tiễn \n{TEXT}\n"
UNKNOWN = "BTH-2222-2222"


@pytest.fixture
def code(town: World) -> str:
    """The receipt code of An's essay."""
    essay = town.essay(text=TEXT)
    made = service.submit(
        town.db, essay, revision=1, own_work=True, by=town.actor(town.an), now=NOW
    )
    town.db.commit()
    return made.receipt_code


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_it, "PATIENCE", 0.0)


def verdict(visitor: Browser, code: str, text: str) -> bool:
    page = visitor.post("/check", code=code, text=text, status=200)
    agrees, differs = "Text and code agree." in page.text, "does not agree" in page.text
    assert agrees != differs
    return agrees


def test_text_and_code_agree_whatever_the_blank_lines(visitor: Browser, code: str) -> None:
    assert verdict(visitor, code, PASTED)
    assert verdict(visitor, code.lower().replace("-", " "), PASTED.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "text", [PASTED.replace("kỹ", "qua"), PASTED + "\nThêm một câu.", TEXT, "x"]
)
def test_one_word_more_or_other_and_they_do_not(visitor: Browser, code: str, text: str) -> None:
    assert not verdict(visitor, code, text)


def test_an_unknown_code_is_answered_in_the_same_words(visitor: Browser, code: str) -> None:
    wrong = visitor.post("/check", code=code, text="x", status=200)
    unknown = visitor.post("/check", code=UNKNOWN, text="x", status=200)

    assert unknown.one("main").text.split() == wrong.one("main").text.split()


def test_every_answer_takes_the_same_time(
    visitor: Browser, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_it, "PATIENCE", 0.2)
    times = []
    for which in (code, UNKNOWN):
        began = time.perf_counter()
        verdict(visitor, which, PASTED if which == code else "x")
        times.append(time.perf_counter() - began)

    assert min(times) > 0.2
    assert abs(times[0] - times[1]) < 0.15


def test_nothing_is_told_of_the_author(visitor: Browser, code: str) -> None:
    page = visitor.post("/check", code=code, text=PASTED, status=200)

    for word in ("Nguyễn Văn An", "Chi bộ", "52-NQ/TW"):
        assert word not in page.text


def test_a_file_does_as_well(visitor: Browser, code: str) -> None:
    for data in (PASTED.encode(), PASTED.encode("utf-16")):
        file = (io.BytesIO(data), "bài.txt")
        page = visitor.post("/check", code=code, file=file, status=200)
        assert "Text and code agree." in page.text


def test_the_picture_on_the_receipt_brings_the_code_along(
    visitor: Browser, as_: SignIn, town: World, code: str
) -> None:
    page = visitor.visit(f"/check?code={code}")

    assert page.one("input", name="code")["value"] == code
    version = town.db.scalars(select(Version)).one()
    picture = as_(town.an).client.get(f"/essays/{version.essay_id}/receipt/1/code.svg")
    assert picture.mimetype == "image/svg+xml"


def test_what_is_missing_is_said(visitor: Browser) -> None:
    page = visitor.post("/check", status=422)

    assert "Type the code" in page.text
    assert "Paste the text" in page.text


def test_guessing_is_stopped_by_code_and_by_address(
    visitor: Browser, code: str, clock: StoppedClock
) -> None:
    for _ in range(checking.BY_CODE):
        assert not verdict(visitor, code, "x")
    assert "too many" in visitor.post("/check", code=code, text=PASTED, status=429).text

    for n in range(checking.BY_ADDRESS - checking.BY_CODE - 1):
        visitor.post("/check", code=f"BTH-2222-{n:04}", text="x", status=200)
    visitor.post("/check", code="BTH-3333-3333", text="x", status=200)
    visitor.post("/check", code="BTH-4444-4444", text="x", status=429)
    clock.advance(minutes=61)
    assert verdict(visitor, code, PASTED)


def test_what_is_kept_is_a_digest(town: World, visitor: Browser, code: str) -> None:
    verdict(visitor, code, "Điều không ai nên biết.")

    rows = town.db.scalars(select(checking.CheckCount)).all()
    assert len(rows) == 2
    assert all(len(row.digest) == 64 and row.asked == 1 for row in rows)
    assert town.db.scalar(select(func.count()).select_from(Version)) == 1


@pytest.fixture
def handwritten(town: World, as_: SignIn) -> Essay:
    """An's essay of two pages, handed in without a typed word."""
    essay = town.essay(round_=town.round(takes_handwriting=True), text="")
    town.db.commit()
    pages.handed_in(town, as_(town.an), essay)
    return essay


def ask(visitor: Browser, code: str, *files: bytes, text: str = "") -> str:
    """What is said of these files."""
    sent = [(io.BytesIO(data), "a") for data in files]
    return visitor.post("/check", code=code, text=text, file=sent, status=200).text


def test_pages_and_code_agree_as_pdf_or_as_pictures(
    town: World, as_: SignIn, visitor: Browser, handwritten: Essay
) -> None:
    an, address = as_(town.an), f"/papers/{handwritten.id}/versions/1/pages"
    pdf = an.client.get(f"{address}.pdf").data
    first, second = (an.client.get(f"{address}/{n}").data for n in (1, 2))
    code = town.db.scalars(select(Version.receipt_code)).one()

    for right in ([pdf], [first, second]):
        assert "Pages and code agree." in ask(visitor, code, *right)
    another = pdf.replace(b"/Lang (vi)", b"/Lang (en)")
    for wrong in ([second, first], [first], [another], [pdf, b"PK\x03\x04"], [pdf[:-9]]):
        assert "does not agree" in ask(visitor, code, *wrong)
    assert "does not agree" in ask(visitor, code, pdf, text="Thêm một câu.")
    assert "does not agree" in ask(visitor, UNKNOWN, pdf)


def test_words_typed_beside_pages_are_said_not_to_be_compared(
    town: World, as_: SignIn, visitor: Browser
) -> None:
    essay = town.essay(round_=town.round(takes_handwriting=True), text=TEXT)
    town.db.commit()
    pages.handed_in(town, as_(town.an), essay)
    pdf = as_(town.an).client.get(f"/papers/{essay.id}/versions/1/pages.pdf").data
    code = town.db.scalars(select(Version.receipt_code)).one()

    assert "Compared were the pages only." in ask(visitor, code, pdf)
    assert "Compared were the pages only." not in ask(visitor, code, pdf, text=PASTED)
    assert "does not agree" in ask(visitor, code, pdf, text=PASTED + "x")
    assert "does not agree" in ask(visitor, code, text=PASTED)


def test_the_file_a_text_was_taken_from_agrees_byte_for_byte(
    town: World, visitor: Browser, code: str
) -> None:
    data = makers.word(["Tôi đã đọc."])
    version = town.db.scalars(select(Version)).one()
    key = hashlib.sha256(data).hexdigest()
    town.db.add(
        Original(
            essay_id=version.essay_id, file_key=key, file_name="a.docx", kind=Kind.WORD,
            added_at=version.submitted_at,
        )
    )  # fmt: skip
    town.db.commit()

    assert "File and code agree." in ask(visitor, code, data)
    assert "does not agree" in ask(visitor, code, data + b"x")
    assert "does not agree" in ask(visitor, UNKNOWN, data)
