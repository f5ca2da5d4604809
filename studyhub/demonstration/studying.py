"""A round of the demonstration: planned, opened, attended and read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from studyhub.demonstration import asking
from studyhub.demonstration.people import OFFICER, Town
from studyhub.demonstration.stories import HALL, Story
from studyhub.demonstration.texts import EXEMPT
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId
from studyhub.library.models import Document
from studyhub.rounds.models import LatePolicy, StudyRound
from studyhub.rounds.planning import Plan, PlannedQuestion, plan
from studyhub.study import check_in, codes, opening, reading, roll_call, sessions
from studyhub.study.models import Presence, StudySession

At = Callable[[int, str], datetime]

CONFERENCE = 4
"""The day of the round on which its session is held, unless that is a week-end."""

QUESTIONS = (
    PlannedQuestion(
        title="Nhận thức của bản thân về nội dung văn bản",
        hint="Nêu điều đồng chí tâm đắc nhất và vì sao; không chép lại văn bản.",
        goal_syllables=60,
    ),
    PlannedQuestion(
        title="Liên hệ thực tiễn công tác của bản thân và đơn vị",
        hint="Việc cụ thể, số liệu, chỗ chưa làm được.",
        goal_syllables=60,
    ),
    PlannedQuestion(
        title="Đề xuất, kiến nghị và cam kết",
        hint="Việc đồng chí sẽ làm, thời hạn; kiến nghị với chi bộ, cơ quan.",
        goal_syllables=30,
    ),
)


def held(
    db: Session, town: Town, story: Story, document: Document, *, now: datetime, zone: ZoneInfo
) -> StudyRound:
    """Plan and open the round, hold its session, let people read."""
    at = story.clock(now, zone)
    officer = town.actor(db, OFFICER, at(0, "08:00").date())
    deadline = at(story.workday(now, zone, story.lasted), "17:00")
    day = story.workday(now, zone, CONFERENCE)
    round_ = plan(
        db, town.root, _plan(town, story, document, at, deadline), by=officer, now=at(-3, "09:00")
    )
    session = sessions.add(db, round_, _session(story, at, day), by=officer, now=at(-3, "09:10"))
    opening.open_round(db, round_, by=officer, now=at(0, "08:00"))
    _attend(db, town, story, session, now=now, zone=zone)
    asking.asked(db, town, session, lambda clock: at(day, clock), now=now)
    _read(db, town, story, document, now=now, zone=zone)
    return round_


def _plan(town: Town, story: Story, document: Document, at: At, closes_at: datetime) -> Plan:
    return Plan(
        title=story.title,
        introduction="Đợt học minh họa: mọi người và số liệu đều là giả định.",
        closes_at=closes_at,
        roster_on=at(0, "08:00").date(),
        year=at(0, "08:00").year,
        documents=[document.id],
        questions=QUESTIONS,
        audience=[town.root.id],
        min_syllables=150,
        max_syllables=1500,
        late_policy=LatePolicy.MARK,
        late_until=closes_at + timedelta(days=7),
        grading=story.grading,
        marking=story.marking,
    )


def _session(story: Story, at: At, day: int) -> sessions.SessionPlan:
    return sessions.SessionPlan(
        title=f"Hội nghị học tập, quán triệt đợt {story.number}",
        starts_at=at(day, "08:00"),
        ends_at=at(day, "11:00"),
        check_in_opens_at=at(day, "07:30"),
        check_in_closes_at=at(day, "09:00"),
        place="Hội trường tầng 3, trụ sở Sở (minh họa)",
        link="https://hop.example.vn/hoc-tap",
        reporter="Báo cáo viên Đảng ủy (mẫu)",
        agenda=[
            sessions.Topic(title=title, starts_at=at(day, clock), reporter=reporter)
            for clock, title, reporter in story.topics
        ],
    )


def _attend(
    db: Session,
    town: Town,
    story: Story,
    session: StudySession,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    at, day = story.clock(now, zone), story.workday(now, zone, CONFERENCE)
    for number in sorted(_present(town, story) - HALL):
        minutes = 32 + number * 7 % 50
        moment = at(day, "07:00") + timedelta(minutes=minutes)
        member = town.actor(db, number, moment.date())
        check_in.check_in(
            db, session, code=codes.code_at(session, moment), on_site=False, by=member, now=moment
        )
    for cell, unit in town.cells.items():
        secretary = town.actor(db, town.leader_of(cell, "Bí thư"), at(day, "09:00").date())
        entries = _roll(town, story, cell)
        roll_call.call_roll(db, session, unit, entries, by=secretary, now=at(day, "11:15"))
    _make_up(db, town, story, session, at(day + 2, "16:00"))


def _present(town: Town, story: Story) -> set[int]:
    return set(town.lines) - EXEMPT - story.absent - set(story.excused)


def _roll(town: Town, story: Story, cell: str) -> dict[UserId, roll_call.Entry]:
    """What the secretary writes down: the hall, the excuses, the empty seats."""
    entries = {}
    for number in town.numbers_of(cell):
        user_id = town.people[number].id
        if number in story.excused:
            reason = story.excused[number]
            entries[user_id] = roll_call.Entry(presence=Presence.EXCUSED, reason=reason)
        elif number in story.absent:
            entries[user_id] = roll_call.Entry(presence=Presence.ABSENT)
        elif number in HALL:
            entries[user_id] = roll_call.Entry(presence=Presence.ON_SITE)
    return entries


def _make_up(
    db: Session, town: Town, story: Story, session: StudySession, moment: datetime
) -> None:
    for number in sorted(story.made_up):
        cell = town.lines[number].cell
        secretary = town.actor(db, town.leader_of(cell, "Bí thư"), moment.date())
        entry = roll_call.Entry(presence=Presence.MADE_UP, seen=Presence.EXCUSED)
        roll_call.call_roll(
            db,
            session,
            town.cells[cell],
            {town.people[number].id: entry},
            by=secretary,
            now=moment,
        )


def _read(
    db: Session, town: Town, story: Story, document: Document, *, now: datetime, zone: ZoneInfo
) -> None:
    at = story.clock(now, zone)
    for number in sorted(set(town.lines) - EXEMPT - story.unread):
        moment = at(1 + number % 7, "19:30") + timedelta(minutes=number)
        member: Actor = town.actor(db, number, moment.date())
        reading.finish_reading(db, document, by=member, now=moment)
