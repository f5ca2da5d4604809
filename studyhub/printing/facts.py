"""What stands on a printed essay or receipt, in the words and the order of a party document.

These papers are written in Vietnamese whatever language their reader has chosen: they go
to the cell's files. So their words stand here and in the layouts, not in the catalogues.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from studyhub.essays.models import Version
from studyhub.essays.receipts import in_fours
from studyhub.org.models import Unit

LONG, PIECE = 60, 40
"""A word longer than the one is broken after so many letters as the other says, if it must be."""

UNPRINTABLE = "Ký tự nào phông chữ không có thì hiện thành ô trống."


@dataclass(frozen=True)
class Part:
    """A part of the essay: its title, and its paragraphs."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class Sheet:
    """Everything about a version that is printed on the essay or the receipt."""

    above: str
    cell: str
    day: str
    round: str
    author: str
    number: int
    parts: list[Part]
    written_by_hand: str
    handed_in: str
    in_time: str
    due: str
    length: str
    code: str
    hash: str
    cell_name: str
    withdrawn: str = ""
    on_behalf: str = ""

    @property
    def title(self) -> str:
        """How the file calls itself."""
        return f"Bài thu hoạch: {self.round}"


def sheet(version: Version, *, zone: tzinfo, blind: str = "") -> Sheet:
    """The facts of a version; for whoever judges it `blind`, that code in the author's place."""
    told = _sheet(version, zone)
    if not blind:
        return told
    return replace(
        told,
        above="",
        cell=capitals(version.essay.round.unit.name),
        author=clean(blind),
        cell_name="(giấu tên)",
        code="(giấu tên)",
        on_behalf=told.on_behalf and "Bài nhập hộ từ bản giấy.",
    )


def _sheet(version: Version, zone: tzinfo) -> Sheet:
    essay = version.essay
    return Sheet(
        above=_above(essay.cell),
        cell=capitals(essay.cell.name),
        day=day(version.submitted_at, zone),
        round=clean(essay.round.title),
        author=clean(essay.author.full_name),
        number=version.number,
        parts=list(_parts(version.parts)),
        written_by_hand=_by_hand(len(version.pages or [])),
        handed_in=moment(version.submitted_at, zone),
        in_time=_in_time(version),
        due=moment(version.due_at, zone) if version.due_at else "",
        length=f"{grouped(version.syllables)} từ, {len(version.parts)} phần",
        code=version.receipt_code,
        hash=in_fours(version.content_hash),
        cell_name=clean(essay.cell.name),
        withdrawn="" if version in essay.open_versions else "Tác giả đã rút bản này.",
        on_behalf=_on_behalf(version, zone),
    )


def day(value: datetime, zone: tzinfo) -> str:
    """«ngày 05 tháng 02 năm 2026»: days and the first two months with a nought."""
    here = value.astimezone(zone)
    month = f"{here.month:02}" if here.month < 3 else str(here.month)
    return f"ngày {here.day:02} tháng {month} năm {here.year}"


def moment(value: datetime, zone: tzinfo) -> str:
    """«09:00, ngày 25 tháng 11 năm 2026»."""
    return f"{value.astimezone(zone):%H:%M}, {day(value, zone)}"


def grouped(number: int) -> str:
    """1.234."""
    return f"{number:,}".replace(",", ".")


def capitals(name: str) -> str:
    """As units are written in the head of a document."""
    return clean(name).upper()


def clean(text: str) -> str:
    """Without what neither paper nor Word can show: control characters, tabs, half letters."""
    spaced = text.replace("\t", " ")
    return "".join(letter for letter in spaced if _shows(letter))


def lines(text: str) -> list[str]:
    """The paragraphs of a text; empty lines are how people part them, not words."""
    return [clean(line).strip() for line in text.splitlines() if clean(line).strip()]


def breakable(text: str) -> str:
    """The same, with places where a word that is longer than any line may be broken."""
    return " ".join(_broken(word) for word in text.split(" "))


def _broken(word: str) -> str:
    if len(word) <= LONG:
        return word
    return "\u200b".join(word[at : at + PIECE] for at in range(0, len(word), PIECE))


def _shows(letter: str) -> bool:
    return letter >= " " and not "\x7f" <= letter <= "\x9f" and letter not in "\ufffe\uffff"


def _parts(parts: Iterable[Mapping[str, str]]) -> Iterator[Part]:
    for part in parts:
        yield Part(clean(part["title"]), lines(part["text"]))


def _above(cell: Unit) -> str:
    return capitals(cell.parent.name) if cell.parent else ""


def _by_hand(pages: int) -> str:
    return f"Bài viết tay gồm {pages} trang, lưu thành tệp riêng." if pages else ""


def _on_behalf(version: Version, zone: tzinfo) -> str:
    """Who entered it, when, from a paper of which day, kept where; and whether it is contested."""
    if version.typist is None or version.received_on is None:
        return ""
    entered = f"{version.submitted_at.astimezone(zone):%d/%m/%Y}"
    told = (
        f"Nhập hộ bởi {clean(version.typist.full_name)} ngày {entered}. Chi bộ nhận bài giấy ngày "
        f"{version.received_on:%d/%m/%Y}, xét hạn nộp theo ngày này. Bài giấy do chi bộ lưu giữ: "
        f"{clean(version.kept_where)}."
    )
    if version.is_contested:
        return f"{told} Người viết không công nhận bản này."
    return f"{told} Người viết đã xác nhận." if version.answer else told


def _in_time(version: Version) -> str:
    told = "Nộp muộn" if version.is_late else "Nộp đúng hạn"
    return (
        f"{told}; hệ thống nộp thay khi hết hạn theo quy định của đợt" if version.by_rule else told
    )
