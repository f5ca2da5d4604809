"""What happened in the three rounds of the demonstration, counted from the day it is loaded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from studyhub.rounds.grading import Grading
from studyhub.rounds.marking import AS_EVER, Marking, PlannedPart

SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Story:
    """One round: when it ran, and who did not do what."""

    number: int
    title: str
    began: int
    """How many days before the loading it opened."""

    lasted: int
    """How many days until the deadline."""

    grading: Grading
    topics: tuple[tuple[str, str, str], ...]
    marking: Marking = AS_EVER
    silent: frozenset[int] = frozenset()
    """Who handed in nothing."""

    late: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()
    excused: dict[int, str] = field(default_factory=dict)
    made_up: frozenset[int] = frozenset()
    unread: frozenset[int] = frozenset()
    is_over: bool = True

    def at(self, now: datetime, zone: ZoneInfo, day: int, clock: str) -> datetime:
        """That time of the `day`-th day of the round."""
        hour, minute = (int(part) for part in clock.split(":"))
        on = now.astimezone(zone).date() + timedelta(days=day - self.began)
        return datetime.combine(on, time(hour, minute), zone)

    def workday(self, now: datetime, zone: ZoneInfo, day: int) -> int:
        """That day of the round, or the Monday after it."""
        while self.at(now, zone, day, "12:00").weekday() >= SATURDAY:
            day += 1
        return day

    def clock(self, now: datetime, zone: ZoneInfo) -> Callable[[int, str], datetime]:
        """The same with now and zone filled in."""
        return lambda day, clock: self.at(now, zone, day, clock)


STORIES = (
    Story(
        number=1,
        title="Kết luận số 01-KL/ĐU (mẫu) về đổi mới, nâng cao chất lượng sinh hoạt chi bộ",
        began=278,
        lasted=18,
        grading=Grading.PASS_ONLY,
        topics=(
            ("08:00", "Nội dung cốt lõi của Kết luận", "Báo cáo viên Đảng ủy (mẫu)"),
            ("09:30", "Trao đổi kinh nghiệm sinh hoạt chi bộ", "Các bí thư chi bộ"),
        ),
        silent=frozenset({24, 66}),
        late=frozenset({9, 36, 61, 80}),
        absent=frozenset({66}),
        excused={4: "sức khỏe", 33: "việc gia đình", 46: "sức khỏe"},
        made_up=frozenset({4, 46}),
        unread=frozenset({66}),
    ),
    Story(
        number=2,
        title="Chỉ thị số 02-CT/ĐU (mẫu) về thực hành tiết kiệm, chống lãng phí",
        began=154,
        lasted=20,
        grading=Grading.POINTS,
        marking=Marking(
            markers=2,
            rewrites=1,
            rewrite_days=3,
            appeal_days=2,
            rubric=(
                PlannedPart(title="Nhận thức của bản thân", most=300),
                PlannedPart(title="Liên hệ thực tiễn", most=500),
                PlannedPart(title="Đề xuất, kiến nghị", most=200),
            ),
        ),
        topics=(
            ("08:00", "Nội dung Chỉ thị", "Báo cáo viên Đảng ủy (mẫu)"),
            ("09:45", "Kế hoạch tiết kiệm năm của Sở", "Chi bộ Kế hoạch – Tài chính"),
        ),
        silent=frozenset({18, 46, 66, 78, 94}),
        late=frozenset({11, 34, 55, 67, 74, 89}),
        absent=frozenset({78, 94}),
        excused={18: "sức khỏe", 37: "công tác", 66: "sức khỏe", 84: "công tác"},
        made_up=frozenset({37, 84}),
        unread=frozenset({66, 78}),
    ),
    Story(
        number=3,
        title="Nghị quyết số 03-NQ/ĐU (mẫu) về chuyển đổi số phục vụ nhân dân",
        began=14,
        lasted=18,
        grading=Grading.PASS_ONLY,
        topics=(
            ("08:00", "Chuyên đề 1. Nội dung cốt lõi của Nghị quyết", "Báo cáo viên (mẫu)"),
            ("09:15", "Chuyên đề 2. Chương trình hành động của Sở", "Chi bộ Công nghệ thông tin"),
            ("10:15", "Thảo luận, giải đáp", ""),
        ),
        silent=frozenset({4, 18, 24, 33, 46, 59, 66, 78}),
        absent=frozenset({66, 78}),
        excused={
            4: "sức khỏe",
            18: "sức khỏe",
            37: "công tác",
            58: "công tác",
            71: "việc gia đình",
        },
        made_up=frozenset({37, 71}),
        unread=frozenset({4, 18, 46, 58, 59, 66, 73, 78, 90}),
        is_over=False,
    ),
)

HALL = frozenset({1, 2, 3, 5, 6, 15, 16, 22, 23, 25, 27, 28, 30, 31, 39, 41, 52, 54, 63, 65, 85})
"""Who sat in the hall; the others joined from where they were."""

FAR_APART = frozenset({19, 44})
"""Whose essay of the round with points a third person had to mark."""

RESUBMITTED = {
    44: "Bổ sung theo góp ý: trong tháng 12 tôi sẽ hoàn thành hai buổi hướng dẫn cho các phòng "
    "chuyên môn, mỗi buổi có biên bản và danh sách người dự gửi chi bộ.",
    81: "Bổ sung theo góp ý: tổ của tôi nhận rút thời gian xử lý một yêu cầu hỗ trợ từ ba ngày "
    "xuống một ngày, bắt đầu từ ngày 01 tháng 12, và báo số liệu vào cuối mỗi tháng.",
}
"""What two authors added when they handed in again; these essays wait for their second reading."""

WAITING = frozenset(
    {6, 10, 12, 17, 23, 26, 32, 38, 43, 45, 48, 53, 56, 62, 65, 69, 72, 75, 79, 83, 84, 87, 93, 15}
)
"""Whose essay of the open round has not been read yet (15 is a secretary)."""
