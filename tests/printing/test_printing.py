"""An essay and its receipt on paper: every letter, nobody's markup, and a file that opens."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import docx
import pypdfium2
import pytest

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Version
from studyhub.kernel.vietnamese import nfc
from studyhub.printing.facts import UNPRINTABLE, day
from studyhub.printing.papers import essay_pdf, receipt_pdf
from studyhub.printing.word import essay_docx
from tests.world import NOW, World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ADDRESS = "https://hoctap.example.vn/check?code=BTH-7K3M-9QXD"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = [nfc(vowel + tone) for vowel, tone in product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", TONES)]
ALPHABET = " ".join([*LETTERS, "đ", "Đ"])
"""All 134 letters of Vietnamese that are not plain ones, and those plain ones that bear tones."""

HOSTILE = [
    '#let x = 1; #panic("no") #sys.inputs',
    "$ sum_(i=0)^n $ [trong ngoặc] *đậm* _nghiêng_ `mã` <nhãn> @ai //chú",
    r"\ \u{41} \n C:\Users #image(\"/etc/passwd\") #read(\"party.typ\")",
    "= Đề mục giả",
    '"] #text(fill: red)[x] #"',
    "{{ 7*7 }} <b>thẻ</b> & &amp; ]]>",
]


def version(world: World, text: str, **changes: object) -> Version:
    """A version of An's with this text in both parts."""
    made = world.essay(world.an, state=State.SUBMITTED, text=text).versions[0]
    for name, value in changes.items():
        setattr(made, name, value)
    return made


@contextmanager
def opened(made: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF as a reader opens it."""
    document = pypdfium2.PdfDocument(made)
    try:
        yield document
    finally:
        document.close()


def said(made: bytes) -> str:
    """All that stands in a PDF, white space folded."""
    with opened(made) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def written(made: bytes) -> str:
    """All that stands in a Word document."""
    document = docx.Document(io.BytesIO(made))
    heads = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*heads, *(paragraph.text for paragraph in document.paragraphs)])


def test_the_essay_is_laid_out_as_a_party_document(world: World) -> None:
    text = said(essay_pdf(version(world, "Tôi đã đọc kỹ nghị quyết."), zone=HANOI))

    order = [
        "ĐẢNG BỘ SỞ MẪU", "CHI BỘ VĂN PHÒNG", "*", "ĐẢNG CỘNG SẢN VIỆT NAM",
        "ngày 25 tháng 11 năm 2026", "BÀI THU HOẠCH", "Nghị quyết số 52-NQ/TW",
        "Họ và tên: Nguyễn Văn An", "Sinh hoạt tại: Chi bộ Văn phòng", "Nhận thức",
        "Tôi đã đọc kỹ nghị quyết.", "Liên hệ thực tiễn", "NGƯỜI VIẾT", "Nguyễn Văn An",
        "Nộp qua StudyHub lúc 09:00", "Mã biên nhận",
    ]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places, text
    assert places[:9] == sorted(places[:9])
    assert "Mã biên nhận BTH-" in text
    assert "Trang 1 / 1" in text


def test_it_is_tagged_and_tells_its_title_and_language(world: World) -> None:
    made = essay_pdf(version(world, "Một."), zone=HANOI)

    with opened(made) as document:
        assert document.is_tagged()
        told = document.get_metadata_dict()
    assert told["Title"] == "Bài thu hoạch: Nghị quyết số 52-NQ/TW"
    assert told["Author"] == "Nguyễn Văn An"
    assert b"/Lang" in made
    assert b"pdfuaid" in made


@pytest.mark.parametrize("place", ["text", "name", "round", "cell"])
def test_every_vietnamese_letter_comes_out_as_it_went_in(world: World, place: str) -> None:
    made = version(world, ALPHABET if place == "text" else "Một.")
    if place == "name":
        made.essay.author.full_name = ALPHABET
    elif place == "round":
        made.essay.round.title = ALPHABET
    elif place == "cell":
        made.essay.cell.name = ALPHABET

    for text in (said(essay_pdf(made, zone=HANOI)), written(essay_docx(made, zone=HANOI))):
        assert ALPHABET in " ".join(text.split())
        assert UNPRINTABLE not in text


def test_no_word_of_the_author_is_markup(world: World) -> None:
    made = version(world, "\n".join(HOSTILE))
    made.essay.author.full_name = "An #panic() $x$"
    made.essay.round.title = "Đợt *một* [#1]"

    text = said(essay_pdf(made, zone=HANOI)) + said(receipt_pdf(made, zone=HANOI, check=ADDRESS))

    for line in [*HOSTILE, "An #panic() $x$", "Đợt *một* [#1]"]:
        assert " ".join(line.split()) in text
    assert HOSTILE[0] in written(essay_docx(made, zone=HANOI))


def test_lists_are_there_item_by_item(world: World) -> None:
    text = said(essay_pdf(version(world, "Tôi:\n- học\n- làm\n1. một\n2) hai"), zone=HANOI))

    assert "Tôi: - học - làm 1. một 2) hai" in text


def test_a_word_longer_than_the_line_stays_on_the_paper(world: World) -> None:
    made = essay_pdf(version(world, "x" * 3000), zone=HANOI)

    with opened(made) as document:
        page = document[0]
        width = page.get_width()
        words = page.get_textpage()
        edges = [words.get_charbox(n)[2] for n in range(words.count_chars())]
    assert max(edges) <= width - 40
    assert said(made).count("x") == 6000


@pytest.mark.parametrize(
    "odd", ["🙂 vui", "漢字", "\x01\x1f\x07 điều khiển", "\ufffe lạ", "שלום عربي", "\u202e ngược"]
)
def test_odd_characters_hinder_nothing(world: World, odd: str) -> None:
    made = version(world, f"Trước {odd}\nSau đó\tcòn nữa")

    text = said(essay_pdf(made, zone=HANOI))
    word = written(essay_docx(made, zone=HANOI))

    assert "Trước" in text
    assert "Sau đó còn nữa" in text
    assert "Sau đó còn nữa" in word
    assert "\x01" not in word


def test_letters_that_no_font_has_are_owned_up_to(world: World) -> None:
    made = version(world, "Trước 🙂")

    assert UNPRINTABLE in said(essay_pdf(made, zone=HANOI))
    assert "🙂" in written(essay_docx(made, zone=HANOI))


def test_the_receipt_has_all_that_is_on_the_page(world: World) -> None:
    made = version(
        world, "Một.", due_at=NOW + timedelta(days=1), content_hash="ab12" * 16, syllables=1234
    )

    pdf = receipt_pdf(made, zone=HANOI, check=ADDRESS, seal="cd34" * 16)
    text = said(pdf)

    for words in (
        "BIÊN NHẬN NỘP BÀI THU HOẠCH", made.receipt_code, "Nguyễn Văn An", "Chi bộ Văn phòng",
        "09:00, ngày 25 tháng 11 năm 2026", "Nộp đúng hạn", "1.234 từ, 2 phần", "AB12 AB12",
        "CD34 CD34", ADDRESS,
    ):  # fmt: skip
        assert words in text
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_late": True}, "Nộp muộn"),
        ({"by_rule": True}, "hệ thống nộp thay khi hết hạn"),
        ({"number": 2}, "lần thứ 2"),
    ],
)
def test_what_is_special_about_a_version_is_said(
    world: World, changes: dict[str, object], words: str
) -> None:
    made = version(world, "Một.", **changes)

    assert words in said(essay_pdf(made, zone=HANOI))
    assert words in said(receipt_pdf(made, zone=HANOI, check=ADDRESS))
    assert words in written(essay_docx(made, zone=HANOI))


def test_handwritten_pages_are_pointed_to(world: World) -> None:
    made = version(world, "", pages=[{"key": "a", "width": "1", "height": "1"}] * 3)

    text = said(essay_pdf(made, zone=HANOI))

    assert "Bài viết tay gồm 3 trang" in text
    assert "Phần này không viết." in text


def test_a_cell_without_a_committee_stands_alone_in_the_head(world: World) -> None:
    made = version(world, "Một.")
    made.essay.cell = world.district

    assert "ĐẢNG BỘ SỞ MẪU" in said(essay_pdf(made, zone=HANOI))
    assert written(essay_docx(made, zone=HANOI)).startswith("ĐẢNG BỘ SỞ MẪU\n*")


def test_the_longest_essay_is_printed_in_a_moment(world: World) -> None:
    made = version(world, "Tôi đã đọc kỹ nghị quyết và tự liên hệ bản thân. \n" * 3000)

    with opened(essay_pdf(made, zone=HANOI)) as document:
        assert len(document) > 50


def test_days_are_written_as_in_documents() -> None:
    assert day(datetime(2026, 2, 4, 18, tzinfo=UTC), HANOI) == "ngày 05 tháng 02 năm 2026"
    assert day(datetime(2026, 9, 4, 1, tzinfo=UTC), HANOI) == "ngày 04 tháng 9 năm 2026"
