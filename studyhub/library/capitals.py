"""Heads are set in capitals; a library that repeats them would shout."""

import re
from dataclasses import replace

from studyhub.library.front_matter import FrontMatter
from studyhub.library.lines import is_capitals

NAMES = (
    *("Đảng", "Nhà nước", "Việt Nam", "Hồ Chí Minh", "Trung ương", "Chính phủ", "Quốc hội"),
    *("Thủ tướng", "Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành", "Ban Thường vụ", "Hội đồng"),
    *("Ban Chấp hành Trung ương", "Mặt trận Tổ quốc", "Ủy ban", "Ủy ban nhân dân", "Đảng bộ"),
    *("Tỉnh ủy", "Thành ủy", "Đảng ủy", "Huyện ủy", "Chi bộ", "Ban Tuyên giáo", "Ban Tổ chức"),
    *("Ban Tuyên giáo và Dân vận", "Văn phòng", "Ủy ban Kiểm tra", "Ban Nội chính"),
)
"""Names that keep a capital, whatever stands around them."""

_NAMES = re.compile(
    rf"\b(?:{'|'.join(sorted((name.lower() for name in NAMES), key=len, reverse=True))})\b"
)
_BY_LOWER = {name.lower(): name for name in NAMES}
_SYMBOL = re.compile(r"[^\s]*\d[^\s]*|\b[IVXLC]{2,}\b")


def softened(front: FrontMatter) -> FrontMatter:
    """The same with issuer, place and subject in ordinary letters; to be checked by a person."""
    return replace(
        front,
        issuer=_begun(in_ordinary_letters(front.issuer)),
        place=_begun(in_ordinary_letters(front.place)),
        subject=in_ordinary_letters(front.subject),
    )


def in_ordinary_letters(text: str) -> str:
    """Text in capitals in small letters, known names and symbols kept; other text as it is."""
    if not is_capitals(text):
        return text
    symbols = iter(_SYMBOL.findall(text))
    lowered = _SYMBOL.sub("\0", text).lower()
    named = _NAMES.sub(lambda found: _BY_LOWER[found[0]], lowered)
    return re.sub("\0", lambda _: next(symbols), named)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
