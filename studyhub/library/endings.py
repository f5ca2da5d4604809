"""Where the body of a document ends: signature, recipients, appendices."""

import re
from collections.abc import Sequence

from studyhub.library.lines import Line, is_capitals

WINDOW = 5
"""How far below its title an annex says that it is one."""

_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN)\s*(?:\([^)]*\))?\s*(?::|$)")
_SIGNATURE = re.compile(r"(?:T\.?/?\s?M\.?|K\.?/?T\.?|T\.?/?L\.?|TUQ\.?|T/M)\s+[^\W\d_]{2}")
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?(?:\d{1,2}|[IVX]{1,5}|[A-Z]))?\s*(?:[.:]|$)"
)
_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo", re.IGNORECASE)
_ANNEX_TITLES = (
    "CHƯƠNG TRÌNH|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|ĐỀ ÁN|ĐỀ CƯƠNG|ĐIỀU LỆ|CHIẾN LƯỢC|HƯỚNG DẪN"
    "|NỘI DUNG|BÁO CÁO|DANH MỤC|DANH SÁCH|BIỂU|MẪU|BẢNG|BỘ TIÊU CHÍ|TIÊU CHÍ|NHIỆM VỤ|PHÂN CÔNG"
)
_ANNEX = re.compile(rf"(?:{_ANNEX_TITLES})\b")


def closes(text: str) -> bool:
    """Whether the signature block or the list of recipients begins here."""
    return bool(_RECIPIENTS.match(text) or (_SIGNATURE.match(text) and is_capitals(text)))


def opens_appendix(lines: Sequence[Line], at: int, *, closed: bool, named: bool) -> bool:
    """Whether an appendix or an annex begins on this line.

    After the signature its title is enough; before it, the lines below must say "Kèm theo".
    Under a name ("PHỤ LỤC I") the title belongs to the appendix already `named`.
    """
    text = lines[at].text
    if _APPENDIX.match(text) or (text.startswith("PHỤ LỤC") and is_capitals(text)):
        return True
    if named or not (_ANNEX.match(text) and is_capitals(text)) or lines[at].is_table_row:
        return False
    return closed or any(_ATTACHED.match(line.text) for line in lines[at + 1 : at + WINDOW])
