"""Texts become outlines: what is a part, what is a title, what stands within what."""

import pytest

from studyhub.library.outline import Kind, Outline, parse
from tests.library.conftest import REAL


def shape(text: str) -> list[tuple[int, str, str]]:
    return [(part.level, part.number, part.title) for part in parse(text).parts]


def numbers(text: str) -> list[str]:
    return [part.number for part in parse(text).parts if part.number]


def test_the_usual_nesting_of_a_resolution() -> None:
    text = "I. MỤC TIÊU\n1. Chung\na) Một việc\nb) Hai việc\n2. Riêng\nII. NHIỆM VỤ\n1. Đầu"

    assert shape(text) == [
        (1, "I.", "MỤC TIÊU"),
        (2, "1.", "Chung"),
        (3, "a)", "Một việc"),
        (3, "b)", "Hai việc"),
        (2, "2.", "Riêng"),
        (1, "II.", "NHIỆM VỤ"),
        (2, "1.", "Đầu"),
    ]


def test_the_nesting_of_a_regulation() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một câu dài có dấu chấm ở cuối câu.\n"
        "Điều 2. Đối tượng\nChương II\nTỔ CHỨC\nMục 1. LỚP\nĐiều 3. Lớp học"
    )

    assert shape(text) == [
        (1, "Chương I", "QUY ĐỊNH CHUNG"),
        (2, "Điều 1.", "Phạm vi"),
        (3, "1.", ""),
        (2, "Điều 2.", "Đối tượng"),
        (1, "Chương II", "TỔ CHỨC"),
        (2, "Mục 1.", "LỚP"),
        (3, "Điều 3.", "Lớp học"),
    ]


def test_parts_in_words() -> None:
    text = (
        "Phần thứ nhất\nTÌNH HÌNH\nI- KẾT QUẢ\nPhần thứ hai\nNHIỆM VỤ\nI- MỤC TIÊU\nII- GIẢI PHÁP"
    )

    assert [level for level, _, _ in shape(text)] == [1, 2, 1, 2, 2]


def test_capitals_may_stand_above_roman_numerals_or_below() -> None:
    above = "A. MỘT\nI. X\nII. Y\nB. HAI\nI. Z"
    below = "I. MỘT\nA. X\nB. Y\nII. HAI\nA. Z\nB. T"

    assert [level for level, _, _ in shape(above)] == [1, 2, 2, 1, 2]
    assert [level for level, _, _ in shape(below)] == [1, 2, 2, 1, 2, 2]


@pytest.mark.parametrize("end", [".", "-", "/", " -"])
def test_every_way_of_writing_a_roman_numeral(end: str) -> None:
    assert shape(f"I{end} MỘT\nII{end} HAI") == [(1, f"I{end}", "MỘT"), (1, f"II{end}", "HAI")]


def test_numbers_within_numbers() -> None:
    text = "1. Một\n1.1. Con\n1.2. Con nữa\n2. Hai\n2.1. Con"

    assert [level for level, _, _ in shape(text)] == [1, 2, 2, 1, 2]


def test_a_long_numbered_line_is_a_paragraph_with_a_label() -> None:
    text = "1. Bộ Tài chính chủ trì, phối hợp với các bộ, ngành bảo đảm nguồn kinh phí."

    (part,) = parse(text).parts

    assert (part.number, part.title) == ("1.", "")
    assert part.paragraphs == (text.removeprefix("1. "),)
    assert part.label == "1. Bộ Tài chính chủ trì, phối hợp với các bộ, ngành bảo…"


def test_a_short_numbered_line_is_a_heading() -> None:
    part = parse("1. Nâng cao nhận thức\nMột đoạn.").parts[0]

    assert (part.title, part.paragraphs) == ("Nâng cao nhận thức", ("Một đoạn.",))


@pytest.mark.parametrize(
    "line",
    [
        "2025 là năm bản lề của nhiệm kỳ.",
        "1.500 tỷ đồng đã được bố trí.",
        "30/4 là ngày lễ.",
        "3 - 5 người một nhóm.",
        "5. Con số lẻ loi này không nối tiếp gì.",
        "1.1 triệu người tham gia.",
        "C. Mác và Ph. Ăng-ghen viết.",
        "V.I. Lênin viết.",
        "Điều 5 của Luật này được sửa đổi.",
        "Mục tiêu là học tập.",
        "vi) không theo thứ tự.",
    ],
)
def test_what_looks_like_a_number_and_is_text(line: str) -> None:
    text = f"I. TÌNH HÌNH\n1. Một\n{line}\n2. Hai"

    assert numbers(text) == ["I.", "1.", "2."]
    assert parse(text).parts[1].paragraphs == (line,)


def test_vietnamese_letters_go_on_through_i_and_skip_j() -> None:
    letters = "a b c d đ e g h i k l m n o p q r s t u v x y".split()
    text = "\n".join(f"{letter}) Việc {letter}" for letter in letters)

    assert {level for level, _, _ in shape(text)} == {1}
    assert numbers(text) == [f"{letter})" for letter in letters]


def test_small_roman_numerals_stand_within_letters() -> None:
    text = "a) Một\nb) Hai\ni) nhỏ một\nii) nhỏ hai\nc) Ba"

    assert [level for level, _, _ in shape(text)] == [1, 1, 2, 2, 1]


def test_a_numeral_that_restarts_has_an_address_of_its_own() -> None:
    text = "I. MỘT\nII. HAI\nTrên đây là phần đầu.\nI. LẠI MỘT\nII. LẠI HAI"

    assert [part.anchor for part in parse(text).parts] == ["i", "ii", "i~2", "ii~2"]


def test_numbers_counted_on_through_the_chapters() -> None:
    text = "I. MỘT\n1. a\n2. b\nII. HAI\n3. c\n4. d"

    assert [level for level, _, _ in shape(text)] == [1, 2, 2, 1, 2, 2]


def test_one_number_left_out_does_not_break_the_count() -> None:
    assert numbers("1. Một\n2. Hai\n4. Bốn\n5. Năm") == ["1.", "2.", "4.", "5."]


def test_headings_broken_over_two_lines() -> None:
    text = "I. NHIỆM VỤ\nVÀ GIẢI PHÁP\n1. Nâng cao nhận thức,\nđột phá tư duy\nMột đoạn."

    assert shape(text)[:2] == [
        (1, "I.", "NHIỆM VỤ VÀ GIẢI PHÁP"),
        (2, "1.", "Nâng cao nhận thức, đột phá tư duy"),
    ]


def test_items_stay_paragraphs() -> None:
    part = parse("1. Việc cần làm\n- một;\n• hai;\n+ ba.").parts[0]

    assert part.paragraphs == ("- một;", "- hai;", "+ ba.")


def test_markdown_headings_and_marks() -> None:
    text = "## Kết quả\nĐoạn **đậm** và *nghiêng*.  \n### Học tập\n#### 1. Lớp\n## Hạn chế"

    assert shape(text) == [
        (1, "", "Kết quả"),
        (2, "", "Học tập"),
        (3, "1.", "Lớp"),
        (1, "", "Hạn chế"),
    ]
    assert parse(text).parts[0].paragraphs == ("Đoạn đậm và nghiêng.",)


def test_signature_recipients_and_an_appendix_with_a_table() -> None:
    text = (
        "1. Một\n2. Hai\nNơi nhận:\n- Như trên;\nT/M CHI BỘ\nBÍ THƯ\n1. Không phải mục\n"
        "PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n| TT | Việc |\n|---|---|\n| 1 | **Học** |\n"
        "1. Ghi chú\n2. Nữa"
    )
    parts = parse(text).parts

    assert [part.kind for part in parts[2:4]] == [Kind.CLOSING, Kind.APPENDIX]
    assert parts[2].paragraphs[-1] == "1. Không phải mục"
    assert parts[3].title == "PHỤ LỤC I DANH MỤC NHIỆM VỤ"
    assert parts[3].paragraphs == ("TT | Việc", "1 | Học")
    assert [(part.level, part.number) for part in parts[4:]] == [(2, "1."), (2, "2.")]


def test_an_empty_text_has_no_parts_and_a_plain_one_has_one() -> None:
    assert parse("").parts == ()
    assert [part.kind for part in parse("Chỉ một đoạn.\nHai đoạn.").parts] == [Kind.OPENING]


def test_a_whole_resolution(outline: Outline) -> None:
    levels = [part.level for part in outline.parts]
    anchors = [part.anchor for part in outline.parts]

    assert len(anchors) == len(set(anchors)) > 20
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


@pytest.mark.skipif(not REAL.exists(), reason="the shared resolution is not at hand")
def test_the_real_resolution_part_by_part(outline: Outline) -> None:
    tops = [part.label[:30] for part in outline.parts if part.level == 1]
    children = [part.anchor for part in outline.parts if part.level == 3]

    assert [top.split()[0] for top in tops] == ["Căn", "Điều", "Điều", "Điều", "Nơi", "CHƯƠNG"]
    assert [part.title for part in outline.parts if part.level == 2] == [
        "MỤC TIÊU",
        "NHIỆM VỤ CỤ THỂ",
        "TỔ CHỨC THỰC HIỆN",
    ]
    assert children == [
        *("i-1", "i-2"),
        *(f"ii-{number}" for number in range(1, 8)),
        *(f"iii-{number}" for number in range(1, 7)),
    ]
    assert sum(part.level == 4 for part in outline.parts) == 102
