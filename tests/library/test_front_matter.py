"""What the head of a document says, and that nothing is guessed."""

from datetime import date

import pytest

from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.outline import parse

PARTY = """ĐẢNG BỘ CÁC CƠ QUAN TỈNH
ĐẢNG ỦY SỞ KHOA HỌC
*
Số 01-KL/ĐU (mẫu)
ĐẢNG CỘNG SẢN VIỆT NAM
Tân Phong, ngày 12 tháng 02 năm 2026
KẾT LUẬN
về đổi mới, nâng cao chất lượng
sinh hoạt chi bộ
-----
Tại phiên họp tháng 02, Đảng ủy kết luận:
I. TÌNH HÌNH"""


def front(text: str) -> FrontMatter:
    return parse(text).front


def test_the_head_of_a_party_document() -> None:
    found = front(PARTY)

    assert found.number == "01-KL/ĐU (mẫu)"
    assert found.type is DocumentType.CONCLUSION
    assert found.issuer == "ĐẢNG ỦY SỞ KHOA HỌC"
    assert (found.place, found.issued_on) == ("Tân Phong", date(2026, 2, 12))
    assert found.subject == "về đổi mới, nâng cao chất lượng sinh hoạt chi bộ"


def test_what_follows_the_head_is_text() -> None:
    assert parse(PARTY).parts[0].paragraphs == ("Tại phiên họp tháng 02, Đảng ủy kết luận:",)


def test_the_head_of_a_state_document() -> None:
    found = front(
        "CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 03/NQ-CP Hà Nội, ngày 09 tháng 01 năm 2025\nNGHỊ QUYẾT\nBan hành Chương trình\n"
        "CHÍNH PHỦ\nCăn cứ Luật Tổ chức Chính phủ;\nĐiều 1. Ban hành."
    )

    assert (found.number, found.type) == ("03/NQ-CP", DocumentType.RESOLUTION)
    assert (found.issuer, found.subject) == ("CHÍNH PHỦ", "Ban hành Chương trình")
    assert (found.place, found.issued_on) == ("Hà Nội", date(2025, 1, 9))


def test_a_title_that_names_its_issuer() -> None:
    found = front("Số 57-NQ/TW\nNGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\nvề đột phá phát triển\nI- QUAN ĐIỂM")

    assert found.issuer == "BỘ CHÍNH TRỊ"
    assert found.subject == "về đột phá phát triển"


def test_a_letter_has_no_title() -> None:
    found = front("Số: 15-CV/ĐU\nV/v triển khai học tập\nKính gửi: Các chi bộ\nĐề nghị nộp bài.")

    assert (found.type, found.subject) == (DocumentType.LETTER, "triển khai học tập")


@pytest.mark.parametrize(
    ("title", "type"),
    [
        ("CHỈ THỊ", DocumentType.DIRECTIVE),
        ("QUY ĐỊNH", DocumentType.REGULATION),
        ("HƯỚNG DẪN", DocumentType.GUIDANCE),
        ("KẾ HOẠCH", DocumentType.PLAN),
        ("THÔNG BÁO", DocumentType.NOTICE),
        ("BÁO CÁO", DocumentType.REPORT),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", DocumentType.ACTION_PROGRAMME),
        ("QUYẾT ĐỊNH", DocumentType.OTHER),
    ],
)
def test_every_type_is_known_by_its_title(title: str, type: DocumentType) -> None:  # noqa: A002
    assert front(f"{title}\nvề việc học tập\nI. MỘT").type is type


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nghị quyết là văn bản quan trọng của Đảng.",
        "I. MỘT\n1. Theo Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024",
        "Học tập nghị quyết năm 2025 đạt kết quả tốt.\nCác chi bộ đã học.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert front(text) == FrontMatter()


def test_an_impossible_date_is_no_date() -> None:
    found = front("Hà Nội, ngày 31 tháng 02 năm 2025\nKẾ HOẠCH\nhọc tập\nI. MỘT")

    assert (found.place, found.issued_on) == ("Hà Nội", None)
