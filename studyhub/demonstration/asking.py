"""What was asked at the sessions of the demonstration, and what was answered."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.demonstration.people import OFFICER, Town
from studyhub.inquiries import answering, asking
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.ids import new_uuid
from studyhub.study.models import StudySession

Moment = Callable[[str], datetime]

ASKED = (
    ("08:40", 11, False, "Chi bộ nơi không có cán bộ chuyên trách thì phân công việc này thế nào?"),
    ("08:52", 23, True, "Không có cán bộ chuyên trách thì ai làm việc này?"),
    ("09:15", 37, True, "Chỉ tiêu của đơn vị năm nay được đánh giá theo căn cứ nào?"),
    ("10:05", 52, False, "Tài liệu của chuyên đề 2 khi nào gửi về chi bộ?"),
)
"""When, by whom, without name, what."""

ANSWERS = (
    "Chi ủy phân công một đồng chí kiêm nhiệm và ghi vào nghị quyết sinh hoạt tháng; nơi đông đảng "
    "viên có thể lập tổ giúp việc. (Câu trả lời minh họa.)",
    "Căn cứ kế hoạch của Đảng ủy và đăng ký đầu năm của đơn vị. (Câu trả lời minh họa.)",
)


def asked(db: Session, town: Town, session: StudySession, at: Moment, *, now: datetime) -> None:
    """Four questions of a session that has been held: two are one, two answered, one waits."""
    if at("11:30") > now:
        return
    first, same, second, _waits = [
        _ask(db, town, session, number, text, without_name=without_name, now=at(clock))
        for clock, number, without_name, text in ASKED
    ]
    officer = town.actor(db, OFFICER, at("09:30").date())
    answering.merge(db, same, first, by=officer, now=at("09:05"))
    for inquiry, text in zip((first, second), ANSWERS, strict=True):
        answering.answer(db, inquiry, text, publish=True, by=officer, now=at("09:30"))


def _ask(
    db: Session,
    town: Town,
    session: StudySession,
    number: int,
    text: str,
    *,
    without_name: bool,
    now: datetime,
) -> Inquiry:
    by = town.actor(db, number, now.date())
    return asking.ask(
        db, session, text, identity=new_uuid(), without_name=without_name, by=by, now=now
    )
