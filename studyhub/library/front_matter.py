"""What the head of a document says about it: number, type, issuer, place, date, subject.

Nothing is guessed: what the head does not say plainly stays empty.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from studyhub.library.lines import Line, is_capitals
from studyhub.library.numbering import readings


class DocumentType(StrEnum):
    """The kinds of documents that are studied."""

    RESOLUTION = "resolution"
    DIRECTIVE = "directive"
    CONCLUSION = "conclusion"
    REGULATION = "regulation"
    GUIDANCE = "guidance"
    PLAN = "plan"
    LETTER = "letter"
    NOTICE = "notice"
    REPORT = "report"
    ACTION_PROGRAMME = "action_programme"
    OTHER = "other"


@dataclass(frozen=True)
class FrontMatter:
    """The head of a document; `lines` are its words as they stand."""

    number: str = ""
    type: DocumentType | None = None
    issuer: str = ""
    place: str = ""
    issued_on: date | None = None
    subject: str = ""
    lines: tuple[str, ...] = ()


_OTHER_TYPES = (
    *("QUYẾT ĐỊNH", "NGHỊ ĐỊNH", "THÔNG TƯ", "THÔNG TRI", "TỜ TRÌNH", "ĐỀ ÁN", "QUY CHẾ"),
    *("CHƯƠNG TRÌNH", "ĐỀ CƯƠNG", "ĐIỀU LỆ", "LỜI KÊU GỌI", "LUẬT", "BÀI THU HOẠCH"),
)
TYPES = {
    "CHƯƠNG TRÌNH HÀNH ĐỘNG": DocumentType.ACTION_PROGRAMME,
    "NGHỊ QUYẾT": DocumentType.RESOLUTION,
    "CHỈ THỊ": DocumentType.DIRECTIVE,
    "KẾT LUẬN": DocumentType.CONCLUSION,
    "QUY ĐỊNH": DocumentType.REGULATION,
    "HƯỚNG DẪN": DocumentType.GUIDANCE,
    "KẾ HOẠCH": DocumentType.PLAN,
    "CÔNG VĂN": DocumentType.LETTER,
    "THÔNG BÁO": DocumentType.NOTICE,
    "BÁO CÁO": DocumentType.REPORT,
    **dict.fromkeys(_OTHER_TYPES, DocumentType.OTHER),
}
SYMBOLS = {
    "NQ": DocumentType.RESOLUTION,
    "CT": DocumentType.DIRECTIVE,
    "KL": DocumentType.CONCLUSION,
    "QĐI": DocumentType.REGULATION,
    "QYĐ": DocumentType.REGULATION,
    "HD": DocumentType.GUIDANCE,
    "KH": DocumentType.PLAN,
    "CV": DocumentType.LETTER,
    "TB": DocumentType.NOTICE,
    "BC": DocumentType.REPORT,
    "CTR": DocumentType.ACTION_PROGRAMME,
    "CTHĐ": DocumentType.ACTION_PROGRAMME,
}
MOTTOES = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc"
)
LONGEST_TYPE = 40
HEAD = 40
"""How many lines a head may have."""
LONGEST_SUBJECT = 90
"""In syllables."""

_SYMBOL = r"\d{1,5}[a-zA-Z]?\s?[-/]\s?[A-ZĐƯ][\w.]*(?:\s?[-/–]\s?[A-ZĐƯ0-9][\w.]*)*(?:\s\(mẫu\))?"
_NUMBER = re.compile(rf"Số\s*:?\s*({_SYMBOL})|^({_SYMBOL})$")
_DATED = re.compile(
    r"(?P<place>[^\W\d_][^,;:|]{1,60}?),?\s+ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})"
    r"\s+năm\s+(?P<year>\d{4})\W*$"
)
_LETTER_SUBJECT = re.compile(r"V/v:?\s+(.+)|Về việc:?\s+(.+)", re.IGNORECASE)
_BY = re.compile(r"của\s+(?P<issuer>.{2,80}?)(?:\s+(?P<about>về\s.+))?$", re.IGNORECASE)
_ORNAMENT = re.compile(r"[\W_]*$")


def split(lines: Sequence[Line]) -> tuple[FrontMatter, int]:
    """The front matter, and how many lines it takes."""
    head = [line.text for line in lines[: _first_part(lines)]]
    titled = next((at for at, text in enumerate(head) if type_named(text)), None)
    if titled is None:
        return _untitled(head)
    upto = _end_of_subject(head, titled + 1)
    end = _end_of_issuer(head, upto)
    letterhead, subject = head[:titled], " ".join(_said(head[titled + 1 : upto]))
    same_line = head[titled][len(_type_words(head[titled])) :].strip(" :-")
    named, subject = _by_and_about(f"{same_line} {subject}".strip())
    issuer = next(iter(_said(head[upto:end])), "") or named or _letterhead_issuer(letterhead)
    front = _recognised(letterhead, issuer, subject)
    return replace(front, type=type_named(head[titled]), lines=tuple(head[:end])), end


def type_named(text: str) -> DocumentType | None:
    """The type this line names as a title: in capitals, at its beginning."""
    words = _type_words(text)
    return TYPES[words] if words and is_capitals(text) else None


def _type_words(text: str) -> str:
    beginning = f"{text[:LONGEST_TYPE].upper()} "
    return next((words for words in TYPES if beginning.startswith(f"{words} ")), "")


def _first_part(lines: Sequence[Line]) -> int:
    return next(
        (at for at, line in enumerate(lines[:HEAD]) if _opens_a_part(line)), min(HEAD, len(lines))
    )


def _opens_a_part(line: Line) -> bool:
    if line.heading and not is_capitals(line.text):
        return line.text[0].isupper() and not line.text.startswith(("Về ", "V/v"))
    return any(reading.is_first for reading in readings(line.text))


def _untitled(head: list[str]) -> tuple[FrontMatter, int]:
    """A letter bears no title: its head goes down to what can be recognised."""
    marks = [at for at, text in enumerate(head) if _is_mark(text)]
    if not marks:
        return FrontMatter(), 0
    end = _end_of_wrapped(head, marks[-1] + 1)
    lines = head[:end]
    subject = next((found for text in lines if (found := _letter_subject(text))), "")
    front = _recognised(lines, _letterhead_issuer(lines), subject)
    named = _type_by_symbol(front.number) or (DocumentType.LETTER if subject else None)
    return replace(front, type=named, lines=tuple(lines)), end


def _end_of_wrapped(head: list[str], at: int) -> int:
    while at < len(head) and _ORNAMENT.match(head[at]):
        at += 1
    return at


def _is_mark(text: str) -> bool:
    return bool(
        MOTTOES.search(text)
        or _NUMBER.search(text)
        or (_DATED.search(text) and len(text.split()) < 20)
        or _letter_subject(text)
        or text.startswith("Kính gửi")
    )


def _letter_subject(text: str) -> str:
    found = _LETTER_SUBJECT.match(text)
    return (found[1] or found[2]) if found else ""


def _by_and_about(text: str) -> tuple[str, str]:
    """ "Của Bộ Chính trị về …" names the issuer before the subject."""
    found = _BY.match(text)
    return (found["issuer"], found["about"] or "") if found else ("", text)


def _recognised(letterhead: list[str], issuer: str, subject: str) -> FrontMatter:
    number = _number(letterhead)
    place, issued_on = _place_and_date(letterhead)
    return FrontMatter(
        number=number,
        issuer=issuer,
        place=place,
        issued_on=issued_on,
        subject=subject,
    )


def _number(letterhead: list[str]) -> str:
    found = next((found for text in letterhead if (found := _NUMBER.search(text))), None)
    return (found[1] or found[2]) if found else ""


def _place_and_date(letterhead: list[str]) -> tuple[str, date | None]:
    for text in letterhead:
        found = _DATED.search(_NUMBER.sub("", text).strip(" |"))
        if found:
            return found["place"].strip(" |"), _date(found)
    return "", None


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _type_by_symbol(number: str) -> DocumentType | None:
    parts = re.split(r"[-/\s]+", number.upper())
    return next((SYMBOLS[part] for part in parts if part in SYMBOLS), None)


def _letterhead_issuer(letterhead: list[str]) -> str:
    """The last name in capitals above the number: the superior stands before it."""
    names = [name for text in letterhead if (name := MOTTOES.sub("", text).strip(" |*-–_"))]
    names = [name for name in names if is_capitals(name) and not _NUMBER.search(name)]
    return names[-1] if names else ""


def _end_of_subject(head: list[str], at: int) -> int:
    """The lines under the title that say what the document is about."""
    first, at = at, _end_of_wrapped(head, at)
    while at < len(head) and _is_subject(head, first, at):
        at += 1
    return at


def _is_subject(head: list[str], first: int, at: int) -> bool:
    text = head[at]
    said = " ".join(_said(head[first:at]))
    if text.endswith((".", ";", ":")) or text.startswith(("Căn cứ", "Kính gửi", "- ")):
        return False
    if len(f"{said} {text}".split()) > LONGEST_SUBJECT:
        return False
    return (
        not said or text[0].islower() or (is_capitals(text) and is_capitals(said)) or text[0] == "("
    )


def _end_of_issuer(head: list[str], at: int) -> int:
    at = _end_of_wrapped(head, at)
    if at < len(head) and is_capitals(head[at]) and not head[at].endswith(":"):
        at = _end_of_wrapped(head, at + 1)
    return at


def _said(lines: Iterable[str]) -> list[str]:
    return [text for text in lines if not _ORNAMENT.match(text)]
