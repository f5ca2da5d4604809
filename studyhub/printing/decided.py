"""The receipt of a decision as PDF: a paper for the author's own files."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from studyhub.essays.models import Version
from studyhub.essays.receipts import in_fours
from studyhub.printing.facts import UNPRINTABLE, breakable, clean, day, lines, moment, sheet
from studyhub.printing.typesetting import typeset
from studyhub.rounds.grading import Grade, write_points

GRADES = {
    Grade.EXCELLENT: "Xuất sắc",
    Grade.GOOD: "Giỏi",
    Grade.FAIR: "Khá",
    Grade.AVERAGE: "Trung bình",
}


@dataclass(frozen=True, kw_only=True)
class InPlace:
    """That somebody decided while the secretary was away; `absent`: "" where there was none."""

    absent: str
    reason: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided, as far as it is printed: this room stands below the desk."""

    is_accepted: bool
    grade: Grade | None
    points: int | None
    remark: str
    by: str
    in_place: InPlace | None
    at: datetime
    comments: int
    code: str
    seal: str


def decision_pdf(version: Version, told: Decided, *, zone: tzinfo) -> bytes:
    """What was decided about which version, by whom and when, and its seal."""
    facts = sheet(version, zone=zone)
    rows = [
        ("Người viết", facts.author),
        ("Chi bộ", facts.cell_name),
        ("Đợt học tập", facts.round),
        ("Bản nộp", f"lần thứ {facts.number}, nộp {facts.handed_in}, biên nhận {facts.code}"),
        ("Kết quả", _result(told)),
        ("Người quyết định", clean(told.by)),
        ("Tư cách", _in_place(told.in_place)),
        ("Thời điểm", moment(told.at, zone)),
        ("Số góp ý", str(told.comments)),
        ("Niêm phong kết quả", in_fours(told.seal)),
        ("Niêm phong bài", facts.hash),
    ]
    data = {
        "title": f"Biên nhận kết quả {told.code}",
        "author": facts.author,
        "above": breakable(facts.above),
        "cell": breakable(facts.cell),
        "day": day(told.at, zone),
        "round": breakable(facts.round),
        "code": told.code,
        "foot": f"Mã kết quả {told.code}",
        "rows": [(name, breakable(said)) for name, said in rows if said],
        "remark": [breakable(line) for line in lines(told.remark)],
    }
    return typeset("decided", data, unprintable=UNPRINTABLE)


def _result(told: Decided) -> str:
    said = ["Đạt" if told.is_accepted else "Cần bổ sung"]
    if told.points is not None:
        said.append(f"{write_points(told.points)} điểm")
    if told.grade is not None:
        said.append(f"xếp loại {GRADES[told.grade]}")
    return ", ".join(said)


def _in_place(place: InPlace | None) -> str:
    if place is None:
        return ""
    whose = f"bí thư {clean(place.absent)}" if place.absent else "bí thư (chi bộ chưa có bí thư)"
    return (
        f"Quyết định thay {whose}, từ {place.since:%d/%m/%Y} đến {place.until:%d/%m/%Y}. "
        f"Lý do: {clean(place.reason)}"
    )
