"""The public check: text and code agree or do not, and nothing else is told."""

import io
import time

import pytest
from sqlalchemy import func, select

from studyhub.essays import checking, service
from studyhub.essays.models import Version
from studyhub.kernel.clock import StoppedClock
from studyhub.web.essays import checking as page_of_it
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
    agrees, differs = "Text and code agree." in page.text, "do not agree" in page.text
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
