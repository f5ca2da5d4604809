"""What comes with a document, and the pictures of its pages."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.jobs.work import Task, Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.library import attaching, drawing, page_pictures
from studyhub.library.attaching import Kept, Sort, sort_of
from studyhub.library.attachments import Attachment, Drawn
from studyhub.library.errors import Unreadable
from studyhub.printing.covers import Cover, covers_pdf
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import empty
from tests.world import NOW, World


@pytest.fixture
def tools(engine: Engine, tmp_path: Path) -> Iterator[Tools]:
    """For background work, which commits: the database is empty before and after."""
    empty(engine)
    yield Tools(
        engine=engine, clock=StoppedClock(NOW), zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path), settings=Settings(secret_key="x", database_url="sqlite://"),
    )  # fmt: skip
    empty(engine)


def slides(*names: str) -> bytes:
    """A real PDF with a page for each name."""
    sheets = [Cover(name, "1950", "STUDYHUB-X", "BG-1") for name in names]
    return covers_pdf(sheets, cell="Chi bộ", round_title="Nghị quyết")


def office(kind: str, *more: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Override ContentType="x.{kind}"/>')
        for name in more:
            archive.writestr(name, "x")
    return into.getvalue()


def attached(db: Session, world: World, pdf: Kept | None, title: str = "") -> Attachment:
    return attaching.attach(
        db, world.document(), Kept("a" * 64, "Trình chiếu.pdf"), pdf,
        title=title, by=world.actor(world.dung), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sort"),
    [
        ("presentationml.presentation.main+xml", Sort.SLIDES),
        ("spreadsheetml.sheet.main+xml", Sort.SHEET),
        ("wordprocessingml.document.main+xml", Sort.WORD),
    ],
)
def test_a_file_is_known_by_its_content(kind: str, sort: Sort) -> None:
    assert sort_of(office(kind)) is sort
    assert sort_of(slides("Một")) is Sort.PDF


@pytest.mark.parametrize(
    "data",
    [
        b"", b"MZ\x90", b"PK\x03\x04 no archive", office("anything"),
        office("wordprocessingml.document.main+xml", "word/vbaProject.bin"),
    ],
)  # fmt: skip
def test_what_is_not_meant_to_come_with_a_document_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        sort_of(data)


def test_a_file_comes_with_a_document_once_and_not_too_many_do(
    db: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = attached(db, world, None)
    assert (first.title, first.drawn) == ("Trình chiếu.pdf", Drawn.NEVER)
    again: dict[str, Any] = {"title": "", "by": world.actor(world.dung), "now": NOW}

    with pytest.raises(Conflict):
        attaching.attach(db, first.document, Kept("a" * 64, "b.pdf"), None, **again)
    monkeypatch.setattr(attaching, "MOST", 1)
    with pytest.raises(Unfit):
        attaching.attach(db, first.document, Kept("b" * 64, "b.pdf"), None, **again)


def brought(tools: Tools, data: bytes) -> UUID:
    """A document with this PDF, kept in the database."""
    with tools.writing() as db:
        return attached(db, World(db), Kept(tools.files.keep(data), "a.pdf"), "Chuyên đề  1").id


def draws(tools: Tools, attachment: UUID, told: Callable[[int], None] = lambda _: None) -> None:
    task = Task(
        id=attachment, kind=attaching.KIND, subject_id=attachment, payload={}, attempt=1,
        tools=tools, progress=told,
    )  # fmt: skip
    drawing.draw(task)


def test_each_page_gets_a_picture_and_its_words(tools: Tools) -> None:
    attachment = brought(tools, slides(*(f"Nguyễn Thị Hồng Ánh {n}" for n in range(7))))
    told: list[int] = []

    draws(tools, attachment, told.append)
    draws(tools, attachment)  # done already: nothing more

    with tools.reading() as db:
        made = db.get_one(Attachment, attachment)
        assert (made.title, made.drawn, made.page_count) == ("Chuyên đề 1", Drawn.READY, 7)
        assert [page.position for page in made.pages] == list(range(7))
        assert "Nguyễn Thị Hồng Ánh 6" in made.pages[6].words
        picture = Image.open(io.BytesIO(tools.files.read(made.pages[0].picture_key)))
        assert picture.size == (made.pages[0].width, made.pages[0].height)
    assert max(picture.size) == page_pictures.LONG_SIDE
    assert told[-1] == 100


def test_after_a_crash_it_goes_on_behind_the_last_page(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachment = brought(tools, slides(*"abcdefg"))
    ask, asked = drawing.ask, []

    def dies(what: str, data: bytes) -> dict[str, Any]:
        asked.append(what)
        if what == "pages-5-10" and asked.count(what) == 1:
            raise KeyboardInterrupt
        return ask(what, data)

    monkeypatch.setattr(drawing, "ask", dies)
    with pytest.raises(KeyboardInterrupt):
        draws(tools, attachment)
    draws(tools, attachment)

    assert asked == ["count", "pages-0-5", "pages-5-10", "count", "pages-5-10"]
    with tools.reading() as db:
        assert len(db.get_one(Attachment, attachment).pages) == 7


@pytest.mark.parametrize("data", [b"%PDF-1.7 and nothing else", b"%PDF-" + bytes(5000)])
def test_a_broken_pdf_says_so_and_stays_to_be_downloaded(tools: Tools, data: bytes) -> None:
    attachment = brought(tools, data)

    draws(tools, attachment)

    with tools.reading() as db:
        made = db.get_one(Attachment, attachment)
    assert made.drawn is Drawn.UNREADABLE
    assert made.refusal
    assert made.refusal["message"]


def test_it_is_taken_away_with_its_pages_and_that_is_logged(db: Session, world: World) -> None:
    made = attached(db, world, None)
    document = made.document

    attaching.take_away(db, made, by=world.actor(world.dung), now=NOW)

    assert attaching.of(db, document) == []
    deeds = db.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all()
    assert deeds[-2:] == ["document.file_attached", "document.file_taken_away"]
