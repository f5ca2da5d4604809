"""Looking into the texts of all documents."""

from datetime import date

from sqlalchemy.orm import Session

from studyhub.library import searching, service
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document
from studyhub.library.outline import Part
from tests.world import NOW, World


def document(db: Session, world: World, number: str, day: int, *texts: str) -> Document:
    front = FrontMatter(
        type=DocumentType.RESOLUTION, number=number, issuer="Bộ Chính trị", place="Hà Nội",
        issued_on=date(2026, 1, day), subject="về một việc",
    )  # fmt: skip
    parts = [
        Part(level=1, number=f"{n}.", title="", anchor=f"p{n}", paragraphs=(text,))
        for n, text in enumerate(texts, 1)
    ]
    by = world.actor(world.dung)
    return service.add_document(db, front, parts, file_key=None, file_name="", by=by, now=NOW)


def found(db: Session, words: str) -> list[tuple[str, list[str]]]:
    return [
        (one.document.number, [place.part.number for place in one.places])
        for one in searching.search(db, words)
    ]


def test_words_are_found_in_every_text_without_marks_the_newest_document_first(
    db: Session, world: World
) -> None:
    document(db, world, "1-NQ/TW", 1, "Đẩy mạnh chuyển đổi số.", "Không có gì.")
    document(db, world, "2-NQ/TW", 2, "Việc khác.", "Chuyển  đổi số trong Đảng.")

    assert found(db, "chuyen doi SO") == [("2-NQ/TW", ["2."]), ("1-NQ/TW", ["1."])]
    assert found(db, "đẩy mạnh") == [("1-NQ/TW", ["1."])]
    assert found(db, "chuyển đổi xanh") == []


def test_a_place_where_the_words_stand_together_comes_first(db: Session, world: World) -> None:
    document(db, world, "3-NQ/TW", 3, "Số lượng cán bộ chuyển công tác, đổi chỗ.", "Chuyển đổi số.")

    [one] = searching.search(db, "chuyển đổi số")

    assert [place.part.number for place in one.places] == ["2.", "1."]
    assert one.places[0].words == "chuyển đổi số"
    assert one.places[1].words == "chuyển"
    assert one.parts == 2


def test_signs_part_words_and_words_are_found_from_their_beginning(
    db: Session, world: World
) -> None:
    document(db, world, "4-NQ/TW", 4, "Đạt 99,16 % chỉ tiêu (theo «57-NQ/TW»).", "Trực tuyến.")

    assert found(db, "99,16 %") == found(db, "57-nq/tw") == [("4-NQ/TW", ["1."])]
    assert found(db, "tuy") == [("4-NQ/TW", ["2."])]
    assert found(db, "uyen") == found(db, "chỉ_tiêu") == []
    assert found(db, "%") == found(db, "_") == found(db, "đ") == []


def test_a_correction_is_found_and_what_it_replaced_is_not(db: Session, world: World) -> None:
    it = document(db, world, "5-NQ/TW", 5, "Chữ cũ ở đây.")
    part = Part(level=1, number="1.", title="Mục mới", anchor="p1", paragraphs=("Chữ đúng.",))
    front = FrontMatter(
        type=it.type, number=it.number, issuer=it.issuer, place=it.place,
        issued_on=it.issued_on, subject=it.subject,
    )  # fmt: skip
    service.change_document(
        db, it, front, [part], seen=service.fingerprint(it), by=world.actor(world.dung), now=NOW
    )

    assert found(db, "chữ cũ") == []
    assert found(db, "mục mới chữ đúng") == [("5-NQ/TW", ["1."])]
