"""What stands in capitals is put into ordinary letters; the rest stays as it is."""

from dataclasses import replace

import pytest

from studyhub.library.capitals import in_ordinary_letters, softened
from studyhub.library.front_matter import FrontMatter


@pytest.mark.parametrize(
    ("shouted", "said"),
    [
        ("VỀ CHUYỂN ĐỔI SỐ QUỐC GIA", "về chuyển đổi số quốc gia"),
        ("THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW CỦA BỘ CHÍNH TRỊ",
         "thực hiện nghị quyết số 57-NQ/TW của Bộ Chính trị"),
        ("CỦA BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XIII",
         "của Ban Chấp hành Trung ương Đảng khóa XIII"),
        ("về Đảng và Nhà nước", "về Đảng và Nhà nước"),
    ],
)  # fmt: skip
def test_names_and_symbols_keep_their_capitals(shouted: str, said: str) -> None:
    assert in_ordinary_letters(shouted) == said


def test_an_issuer_begins_with_a_capital_and_a_subject_does_not() -> None:
    front = FrontMatter(issuer="TỈNH ỦY LÂM SƠN", subject="VỀ CÔNG TÁC CÁN BỘ")

    assert softened(front) == replace(front, issuer="Tỉnh ủy lâm sơn", subject="về công tác cán bộ")
