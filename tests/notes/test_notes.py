"""Marking passages, noting, taking away: private, and kept through corrections."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Conflict, Missing, Unfit
from studyhub.library import notation
from studyhub.library import service as library
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document
from studyhub.notes import queries, service
from studyhub.notes.anchoring import Spot
from studyhub.notes.models import Note
from tests.statements import counted
from tests.world import NOW, World

WORDS = "cách tiếp cận mở, sáng tạo"
"""In each of the two parts, from the ninth character on."""


def mark(
    world: World, document: Document, *, part: int = 0, words: str = WORDS, text: str = ""
) -> Note:
    spot, by = Spot(part, 0, 7, 33), world.actor(world.an)
    return service.mark(world.db, document, spot, words=words, text=text, by=by, now=NOW)


def noted(world: World, document: Document, who: User | None = None) -> queries.Noted:
    visible = scope.own_notes(world.actor(who or world.an))
    return queries.of_document(world.db, document, visible=visible)


def corrected(world: World, document: Document, text: str) -> None:
    front = FrontMatter(number=document.number, type=DocumentType.RESOLUTION)
    library.change_document(
        world.db, document, front, notation.read(text),
        seen=library.fingerprint(document), by=world.actor(world.dung), now=NOW,
    )  # fmt: skip


def test_a_passage_is_marked_with_a_note(db: Session, world: World) -> None:
    document = world.document()
    note = mark(world, document, text="  Hỏi ở chi bộ\r\n ")

    (one,) = noted(world, document).placed
    assert (one.note, one.spot) == (note, Spot(0, 0, 7, 7 + len(WORDS)))
    assert note.text == "Hỏi ở chi bộ"


def test_marking_twice_is_one_mark_and_keeps_the_note(db: Session, world: World) -> None:
    document = world.document()
    first = mark(world, document, text="giữ")
    assert mark(world, document) is first
    assert mark(world, document, text="mới") is first
    assert first.text == "mới"
    assert db.scalar(select(func.count()).select_from(Note)) == 1


def test_nobody_else_sees_or_touches_it(db: Session, world: World) -> None:
    document = world.document()
    note = mark(world, document, text="riêng")

    for person in world.everyone:
        own = person is world.an
        assert policy.keep_note(world.actor(person), note) is own
        assert bool(noted(world, document, person).notes) is own
    by = world.actor(world.dung)
    with pytest.raises(Missing):
        service.change(db, note, text="x", by=by, now=NOW)
    with pytest.raises(Missing):
        service.remove(db, note, by=by, now=NOW)
    with pytest.raises(Missing):
        service.put_back(db, note, by=by)
    assert note.text == "riêng"


def test_the_log_of_deeds_does_not_know(db: Session, world: World) -> None:
    note = mark(world, world.document(), text="riêng")
    service.remove(db, note, by=world.actor(world.an), now=NOW)
    assert db.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_it_survives_a_correction_and_is_listed_when_its_words_are_gone(
    db: Session, world: World
) -> None:
    document = world.document()
    stays = mark(world, document)
    goes = mark(world, document, part=1, words="cho thí điểm", text="vì sao")

    corrected(
        world, document,
        f"# Mới\nLời đầu.\n# I. Quan điểm chỉ đạo\nRất {WORDS}.\n# II. Mục tiêu\nKhông còn.",
    )  # fmt: skip

    found = noted(world, document)
    assert [(one.note, one.spot.part, one.part.title) for one in found.placed] == [
        (stays, 1, "Quan điểm chỉ đạo")
    ]
    assert list(found.lost) == [goes]
    assert goes.text == "vì sao"


def test_a_page_from_before_the_correction_still_marks_the_right_words(
    db: Session, world: World
) -> None:
    document = world.document()
    corrected(world, document, f"# I. Quan điểm chỉ đạo\nThêm.\nRất {WORDS}.")
    note = mark(world, document)
    assert (note.paragraph, note.words) == (1, WORDS)
    with pytest.raises(Conflict):
        mark(world, document, words="những lời không còn ở đâu cả")


def test_what_is_taken_away_comes_back_within_a_day(db: Session, world: World) -> None:
    document, by = world.document(), world.actor(world.an)
    visible = scope.own_notes(by)
    note = mark(world, document)
    service.remove(db, note, by=by, now=NOW)
    assert noted(world, document).notes == []
    assert queries.removed(db, document, visible=visible, now=NOW) == [note]

    service.put_back(db, note, by=by)
    assert noted(world, document).notes == [note]

    service.remove(db, note, by=by, now=NOW)
    later = NOW + timedelta(days=1, minutes=1)
    assert queries.removed(db, document, visible=visible, now=later) == []
    service.remove(db, mark(world, document, part=1), by=by, now=later)
    db.expire_all()
    assert db.scalar(select(func.count()).select_from(Note)) == 1


def test_too_much_and_nothing_are_refused(
    db: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = world.document()
    with pytest.raises(Unfit):
        mark(world, document, words="  ")
    with pytest.raises(Unfit):
        mark(world, document, text="a" * (service.LONGEST + 1))
    assert mark(world, document, text="a\0b\ud800").text == "ab"
    monkeypatch.setattr(service, "MOST", 1)
    with pytest.raises(Conflict):
        mark(world, document, part=1)


def test_the_notes_of_many_documents_are_one_question(db: Session, world: World) -> None:
    documents = [world.document() for _ in range(4)]
    for document in documents[:3]:
        mark(world, document)
    visible = scope.own_notes(world.actor(world.an))

    with counted(db) as statements:
        found = queries.of_documents(db, documents, visible=visible)

    assert len(statements) == 1
    assert [len(one.notes) for one in found] == [1, 1, 1, 0]
