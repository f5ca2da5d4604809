"""What StudyHub reminds of by itself: in time, once a day, of what comes first."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.completion import service as completion
from studyhub.completion.rules import EssayMark
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.notices.models import Notice
from studyhub.reminding import morning
from studyhub.reminding.lacking import Lack
from studyhub.reminding.models import Reminder
from studyhub.rounds.models import Call, Summons
from tests.world import NOW, TODAY, World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def duties(db: Session, now: datetime = NOW) -> dict[str, list[Lack]]:
    db.flush()
    return {
        duty.summons.user.full_name: list(duty.lacks)
        for duty in morning.due(db, now=now, zone=ZONE)
    }


@pytest.mark.parametrize(
    ("days", "reminded"), [(8, False), (7, True), (4, False), (3, True), (1, True), (0, False)]
)
def test_a_week_three_days_and_a_day_before_the_deadline(
    db: Session, world: World, *, days: int, reminded: bool
) -> None:
    world.round(closes_in=timedelta(days=days, hours=1))
    assert ("Nguyễn Văn An" in duties(db)) is reminded


def test_more_time_moves_the_reminder(db: Session, world: World) -> None:
    round_ = world.round(closes_in=timedelta(days=3))
    summons = db.scalars(select(Summons).where(Summons.user_id == world.an.id)).one()
    summons.closes_at = round_.closes_at + timedelta(days=2)
    assert "Nguyễn Văn An" not in duties(db)
    assert "Trần Thị Lan" in duties(db)


def test_nobody_is_reminded_of_what_is_done_or_not_owed(db: Session, world: World) -> None:
    round_ = world.round(closes_in=timedelta(days=3))
    completion.mark(db, round_.id, world.an.id, now=NOW, read=True, essay=EssayMark.SUBMITTED)
    lan = db.scalars(select(Summons).where(Summons.user_id == world.lan.id)).one()
    lan.call, lan.reason = Call.EXEMPT, "miễn sinh hoạt"
    world.hoa.closed_at = NOW
    assert duties(db).keys() == {"Lê Quang Bình", "Phạm Hương Giang", "Đỗ Kim Chi"}


def test_a_round_that_does_not_remind_is_silent(db: Session, world: World) -> None:
    world.round(closes_in=timedelta(days=3), reminds=False)
    assert not duties(db)


def test_the_session_of_tomorrow_comes_first(db: Session, world: World) -> None:
    later = world.round(closes_in=timedelta(days=7), title="Kết luận số 01-KL/TW")
    session = world.session(world.round(closes_in=timedelta(days=20)))
    length = session.ends_at - session.starts_at
    session.starts_at = NOW + timedelta(days=1)
    session.ends_at = session.starts_at + length
    assert later.reminds
    assert duties(db)["Nguyễn Văn An"] == [Lack.SESSION, Lack.READ, Lack.ESSAY]


def test_each_is_told_once_on_a_day(db: Session, world: World) -> None:
    world.round(closes_in=timedelta(days=3))
    found = morning.due(db, now=NOW, zone=ZONE)
    for _ in range(2):
        morning.tell(db, found, now=NOW, today=TODAY)
        db.flush()
    told = list(db.scalars(select(Notice.user_id)))
    assert len(told) == len(set(told)) == len(found) == 6
    assert not duties(db)
    assert all(one.made_by is None for one in db.scalars(select(Reminder)))


@pytest.mark.parametrize(("hour_of_day", "told"), [(7, False), (8, True), (19, True), (20, False)])
def test_nobody_is_disturbed_at_night(
    engine: Engine, tools: Tools, hour: StoppedClock, *, hour_of_day: int, told: bool
) -> None:
    with Session(engine) as db:
        World(db).round(closes_in=timedelta(days=3))
        db.commit()
    hour.moment = NOW.astimezone(ZONE).replace(hour=hour_of_day, minute=0)
    morning.remind(tools)
    with Session(engine) as db:
        assert bool(db.scalars(select(Reminder)).all()) is told
