"""Documents are added, corrected, and looked for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.library import notation, queries, service
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document
from tests.world import NOW, World

FRONT = FrontMatter(
    number="52-NQ/TW",
    type=DocumentType.RESOLUTION,
    issuer="Bộ Chính trị",
    place="Hà Nội",
    issued_on=date(2019, 9, 27),
    subject="về chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư",
)
PARTS = notation.read("# I. Tình hình\nLời.\n## 1. Kết quả\n# II. Quan điểm\nLời khác.")


def added(db: Session, world: World, front: FrontMatter = FRONT) -> Document:
    return service.add_document(
        db,
        front,
        PARTS,
        file_key="a" * 64,
        file_name="nq.docx",
        by=world.actor(world.dung),
        now=NOW,
    )


def changed(db: Session, world: World, document: Document, text: str, seen: str) -> Document:
    return service.change_document(
        db, document, FRONT, notation.read(text), seen=seen, by=world.actor(world.dung), now=NOW
    )


def deeds(db: Session, document: Document) -> list[tuple[str, dict[str, Any]]]:
    entries = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == document.id))
    return [(entry.deed, entry.facts) for entry in entries]


def test_a_document_is_kept_with_its_parts_in_order(db: Session, world: World) -> None:
    document = added(db, world)

    db.expire(document)
    assert [(part.position, part.level, part.number) for part in document.parts] == [
        (0, 1, "I."), (1, 2, "1."), (2, 1, "II."),
    ]  # fmt: skip
    assert document.parts[2].paragraphs == ["Lời khác."]
    assert (document.number, document.issued_on) == ("52-NQ/TW", date(2019, 9, 27))
    assert deeds(db, document) == [(Deed.DOCUMENT_ADDED, {"parts": 3})]


def test_a_document_without_text_is_refused(db: Session, world: World) -> None:
    with pytest.raises(Unfit):
        service.add_document(
            db, FRONT, (), file_key=None, file_name="", by=world.actor(world.dung), now=NOW
        )


def test_the_same_document_is_not_added_twice(db: Session, world: World) -> None:
    added(db, world)

    with pytest.raises(Conflict, match="52-NQ/TW"):
        added(db, world, replace(FRONT, issuer="BỘ CHÍNH TRỊ"))


def test_the_same_number_of_another_issuer_is_another_document(db: Session, world: World) -> None:
    added(db, world)

    added(db, world, replace(FRONT, issuer="Tỉnh ủy"))
    added(db, world, replace(FRONT, issued_on=None))


def test_a_part_too_long_for_its_column_is_not_cut(db: Session, world: World) -> None:
    title = "lời " * 400
    document = service.add_document(
        db, FRONT, notation.read(f"# {title} #\nĐoạn."), file_key=None, file_name="",
        by=world.actor(world.dung), now=NOW,
    )  # fmt: skip

    assert document.parts[0].title == ""
    assert document.parts[0].paragraphs == [title.strip(), "Đoạn."]


def test_a_correction_replaces_the_parts(db: Session, world: World) -> None:
    document = added(db, world)

    changed(db, world, document, "# I. Khác\nLời.", service.fingerprint(document))

    db.expire(document)
    assert [part.title for part in document.parts] == ["Khác"]
    assert document.file_name == "nq.docx"
    assert deeds(db, document)[-1] == (Deed.DOCUMENT_CHANGED, {"parts_before": 3, "parts": 1})


def test_a_correction_of_what_has_changed_since_is_refused(db: Session, world: World) -> None:
    document = added(db, world)
    seen = service.fingerprint(document)
    changed(db, world, document, "# I. Của người khác\nLời.", seen)

    with pytest.raises(Conflict):
        changed(db, world, document, "# I. Của tôi\nLời.", seen)

    assert document.parts[0].title == "Của người khác"


@pytest.mark.parametrize(
    "words", ["52-nq", "cach mang cong nghiep", "bo chinh tri", "  BỘ   52 ", ""]
)
def test_documents_are_found_without_marks(db: Session, world: World, words: str) -> None:
    document = added(db, world)

    assert list(queries.documents(db, words=words)) == [document]


def test_documents_that_do_not_fit_are_left_out(db: Session, world: World) -> None:
    added(db, world)

    assert list(queries.documents(db, words="52 kinh te")) == []
    assert list(queries.documents(db, type_=DocumentType.PLAN)) == []


def test_the_newest_document_comes_first_and_the_undated_last(db: Session, world: World) -> None:
    undated = added(db, world, replace(FRONT, number="1-NQ/TW", issued_on=None))
    old = added(db, world)
    new = added(db, world, replace(FRONT, number="57-NQ/TW", issued_on=date(2024, 12, 22)))

    assert list(queries.documents(db)) == [new, old, undated]
