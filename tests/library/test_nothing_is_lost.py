"""Whatever the text, its outline holds every letter of it, in order."""

import re
import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studyhub.library.outline import Outline, parse

OPENINGS = (
    *"I. II. III- A. B. 1. 2. 3) 4. 1.1. 1.2. a) b) đ) i) ii) - + 2025 1.500 T/M V/v".split(),
    *("Điều 1.", "Chương I", "Phần thứ nhất", "Mục 2.", "Số: 01-KL/ĐU", "Nơi nhận:", "PHỤ LỤC"),
    *("KẾ HOẠCH", "NGHỊ QUYẾT", "Căn cứ", "Kính gửi", "ĐẢNG CỘNG SẢN VIỆT NAM"),
)
RESTS = (
    "", "MỤC TIÊU", "nâng cao nhận thức", "Bộ Tài chính chủ trì, phối hợp thực hiện.", "gồm:",
    "của Đảng;", "CHI BỘ", "Hà Nội, ngày 09 tháng 01 năm 2025", "(Kèm theo Nghị quyết)", "ủy ban",
)  # fmt: skip
LINE = st.builds("{} {}".format, st.sampled_from(OPENINGS), st.sampled_from(RESTS))
MARKUP = re.compile(r"[\s#*|\\•●▪◦∙·–—_-]")


def essence(text: str) -> str:
    """The letters that must survive: all but space, Markdown and the shapes of bullets."""
    return MARKUP.sub("", unicodedata.normalize("NFC", text))


def said(outline: Outline) -> str:
    parts = ((part.number, part.title, *part.paragraphs) for part in outline.parts)
    return "".join([*outline.front.lines, *("".join(part) for part in parts)])


@given(st.lists(LINE, max_size=30))
def test_every_letter_of_a_document_is_kept_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert essence(said(parse(text))) == essence(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs")), max_size=200))
def test_every_letter_of_any_text_is_kept_in_order(text: str) -> None:
    assert essence(said(parse(text))) == essence(text)


@given(st.lists(LINE, max_size=30))
def test_children_follow_their_parents_and_addresses_are_unique(lines: list[str]) -> None:
    parts = parse("\n".join(lines)).parts
    levels = [0, *(part.level for part in parts)]

    assert len({part.anchor for part in parts}) == len(parts)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_resolution_is_kept_whole(resolution: str, outline: Outline) -> None:
    assert essence(said(outline)) == essence(resolution)
