"""The page of one's calendars, and what a calendar gets that has the address."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.calendars.models import Feed
from studyhub.kernel.clock import StoppedClock
from studyhub.org.models import Appointment
from studyhub.study import sessions
from tests.web.conftest import SignIn
from tests.world import NOW, TODAY, World


def address(as_: SignIn, person: User, where: str = "/calendar/") -> str:
    page = as_(person).post(where, status=200)
    [field] = [one for one in page.all("input") if one.attrs.get("readonly") is not None][-1:]
    return urlsplit(field["value"]).path


def asked(app: Flask, path: str, **headers: str) -> tuple[int, Calendar | None, str]:
    answer = app.test_client().get(path, headers=headers)
    told = Calendar.from_ical(answer.data) if answer.status_code == 200 else None
    return answer.status_code, told, answer.headers.get("ETag", "")


def test_a_member_subscribes_and_is_told_of_a_change(
    town: World, as_: SignIn, app: Flask, clock: StoppedClock
) -> None:
    round_ = town.round()
    session = town.session(round_)
    town.db.commit()
    path = address(as_, town.an)

    status, calendar, tag = asked(app, path)
    assert status == 200
    assert calendar
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    meeting = events[f"session-{session.id}@studyhub"]
    assert meeting.decoded("dtstart") == session.starts_at
    assert str(meeting["status"]) == "CONFIRMED"
    assert str(meeting["summary"]).startswith("Buổi học: ")
    assert len(meeting.walk("VALARM")) == 2
    assert asked(app, path, **{"If-None-Match": tag})[0] == 304

    sessions.remove(town.db, session, by=town.actor(town.dung), now=NOW)
    town.db.commit()
    clock.moment = NOW + timedelta(minutes=5)
    _, calendar, new = asked(app, path, **{"If-None-Match": tag})
    assert calendar
    gone = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert str(gone[f"session-{session.id}@studyhub"]["status"]) == "CANCELLED"
    assert new != tag


def test_a_voided_address_answers_nobody(town: World, as_: SignIn, app: Flask) -> None:
    path = address(as_, town.an)
    feed = town.db.scalars(select(Feed)).one()
    an = as_(town.an)
    page = an.post(f"/calendar/{feed.id}/void", do="renew", status=200)
    assert asked(app, path)[0] == 404
    town.see(feed)
    fresh = [one for one in page.all("input") if one.attrs.get("readonly") is not None]
    assert asked(app, urlsplit(fresh[0]["value"]).path)[0] == 200
    as_(town.lan).post(f"/calendar/{feed.id}/void", status=404)


def test_a_guessed_address_answers_nobody(town: World, as_: SignIn, app: Flask) -> None:
    path = address(as_, town.an)
    feed = town.db.scalars(select(Feed)).one()
    for wrong in (path.replace(".ics", "x.ics"), f"/calendar/{feed.id.hex}.ics", "/calendar/a.ics"):
        assert asked(app, wrong)[0] == 404


def test_who_no_longer_follows_a_unit_gets_nothing(town: World, as_: SignIn, app: Flask) -> None:
    round_ = town.round()
    town.session(round_)
    town.db.commit()
    path = address(as_, town.binh, f"/calendar/units/{town.cell.id}")
    status, calendar, _ = asked(app, path)
    assert status == 200
    assert calendar
    assert "Chi bộ Văn phòng" in str(calendar["x-wr-calname"])
    assert "Nguyễn Văn An" not in calendar.to_ical().decode()
    for post in town.db.scalars(select(Appointment).where(Appointment.user_id == town.binh.id)):
        post.until = TODAY - timedelta(days=1)
    town.db.commit()
    assert asked(app, path)[0] == 404
