"""A short quiz in the open round of the demonstration: a small bank, and some who took it.

It is offered, not asked for: the figures of the round stay those of its story.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from studyhub.demonstration.people import OFFICER, Town
from studyhub.demonstration.stories import Story
from studyhub.quiz import bank, planning, taking
from studyhub.quiz.models import Attempt, Quiz
from studyhub.quiz.rules import Content, Kind, read_places
from studyhub.rounds.models import StudyRound

VIEWS, TASKS = "Tình hình và mục tiêu", "Nhiệm vụ của chi bộ"


def _one(part: str, text: str, *options: str, key: int, why: str = "") -> Content:
    return Content(
        kind=Kind.SINGLE, text=text, options=options, key=(key,), explanation=why, part=part
    )


QUESTIONS = (
    _one(
        VIEWS, "Trong chín tháng, bao nhiêu phần trăm hồ sơ được nộp trực tuyến?",
        "41%", "64%", "70%", "86%", key=1, why="Mục I.1: 8.420 trên 13.150 hồ sơ, bằng 64%.",
    ),
    _one(
        VIEWS, "Đến ngày 30 tháng 9 năm 2026, tỷ lệ văn bản đi được ký số là bao nhiêu?",
        "64%", "70%", "86%", "100%", key=2, why="Mục I.1 của nghị quyết.",
    ),
    _one(
        VIEWS, "Bao nhiêu thủ tục hành chính đã được đưa lên Cổng dịch vụ công?",
        "Một phần nhỏ", "Khoảng một nửa", "Toàn bộ 41 thủ tục", "Chưa có thủ tục nào", key=2,
        why="Mục I.1: toàn bộ 41 thủ tục thuộc thẩm quyền.",
    ),
    Content(
        kind=Kind.TRUTH, text="Thời gian giải quyết hồ sơ bình quân đã giảm so với trước.",
        options=("Đúng", "Sai"), key=(0,), part=VIEWS,
        explanation="Mục I.1: giảm từ 6,2 ngày xuống còn 4,5 ngày.",
    ),
    Content(
        kind=Kind.MULTIPLE, text="Đảng ủy đã dựa vào những căn cứ nào khi quyết nghị?",
        options=(
            "Báo cáo của lãnh đạo Sở", "Ý kiến của 8 chi bộ trực thuộc",
            "Kết quả hỏi ý kiến người dân", "Bình chọn trên mạng xã hội",
        ),
        key=(0, 1, 2), part=VIEWS, explanation="Phần mở đầu của nghị quyết.",
    ),
    _one(
        TASKS, "Ai chịu trách nhiệm chính về việc học tập nghị quyết ở chi bộ?",
        "Bí thư chi bộ", "Báo cáo viên", "Văn phòng Sở", "Đảng viên dự bị", key=0,
    ),
    Content(
        kind=Kind.ORDER, text="Xếp các bước học tập nghị quyết theo đúng thứ tự.",
        options=("Đọc tài liệu", "Dự hội nghị", "Viết bài thu hoạch", "Chi bộ nhận xét"),
        key=(0, 1, 2, 3), part=TASKS,
    ),
    Content(
        kind=Kind.TRUTH, text="Người được miễn sinh hoạt vẫn có thể tham gia học tập.",
        options=("Đúng", "Sai"), key=(0,), part=TASKS,
        explanation="Miễn là không bắt buộc; ai muốn thì tham gia.",
    ),
)  # fmt: skip


def held(
    db: Session, town: Town, story: Story, round_: StudyRound, *, now: datetime, zone: ZoneInfo
) -> Quiz:
    """Fill the bank, add the quiz, let every third member of the cells take it."""
    at = story.clock(now, zone)
    begins = min(at(5, "08:00"), now - timedelta(days=1))
    officer = town.actor(db, OFFICER, begins.date())
    bank.add_many(db, town.root, QUESTIONS, by=officer, now=begins)
    wanted = planning.QuizPlan(
        title="Kiểm tra ngắn về Nghị quyết số 03-NQ/ĐU (mẫu)",
        opens_at=begins,
        closes_at=round_.closes_at,
        draws={VIEWS: 4, TASKS: 2},
        pass_mark=4,
        minutes=10,
        attempts=2,
    )
    quiz = planning.plan(db, round_, wanted, by=officer, now=begins)
    for number in sorted(town.lines)[13::3]:
        moment = begins + timedelta(minutes=20 + 7 * number)
        if moment < now:
            _take(db, town, quiz, number, moment)
    return quiz


def _take(db: Session, town: Town, quiz: Quiz, number: int, moment: datetime) -> None:
    by = town.actor(db, number, moment.date())
    attempt = taking.begin(db, quiz, by=by, now=moment)
    answers = _answers(attempt, number)
    taking.hand_in(db, attempt, answers, by=by, now=moment + timedelta(minutes=4))


def _answers(attempt: Attempt, number: int) -> dict[int, list[int]]:
    """Right, but for one or two that this member takes for something else."""
    answers = {}
    for drawn in attempt.drawn:
        shown = read_places(drawn.shown)
        right = [shown.index(place) for place in drawn.edition.places]
        multiple = drawn.edition.kind is Kind.MULTIPLE
        hard = number % 4 < 2 if multiple else len(drawn.edition.text) % 5 == number % 5
        answers[drawn.position] = right[:1] if hard and len(right) > 1 else right
        if hard and len(right) == 1:
            answers[drawn.position] = [(right[0] + 1) % len(shown)]
    return answers
