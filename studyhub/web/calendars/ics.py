"""A calendar as iCalendar (RFC 5545), in the language of the person whose feed it is."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, timedelta

from flask import url_for
from icalendar import Alarm, Calendar, Event

from studyhub.calendars.models import Feed
from studyhub.calendars.queries import Entry, What
from studyhub.kernel.catalogues import translations
from studyhub.kernel.words import N_
from studyhub.web.request import now, settings

TITLES = {
    What.SESSION: N_("Study session: %(title)s"),
    What.CALLED_OFF: N_("Called off: %(title)s"),
    What.DEADLINE: N_("Essay due: %(title)s"),
}
ALARMS = {
    What.SESSION: (timedelta(days=1), timedelta(minutes=30)),
    What.CALLED_OFF: (),
    What.DEADLINE: (timedelta(days=2), timedelta(hours=3)),
}
"""How long before its beginning a calendar rings."""

AFRESH = timedelta(hours=1)
"""How often a calendar is asked to look again."""


def written(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """The feed as a file."""
    calendar = Calendar()
    calendar.add("prodid", "-//StudyHub//StudyHub//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _name(feed))
    calendar.add("refresh-interval", AFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, feed.user.language))
    told: bytes = calendar.to_ical()
    return told


def mark(feed: Feed, entries: Sequence[Entry]) -> str:
    """Changes only when what stands in it changes: an unchanged calendar costs a 304."""
    told = repr((feed.user.language, _name(feed), entries))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _name(feed: Feed) -> str:
    return f"StudyHub: {feed.unit.name}" if feed.unit else "StudyHub"


def _event(entry: Entry, language: str) -> Event:
    event = Event()
    event.add("uid", f"{_kind(entry)}-{entry.key}@studyhub")
    event.add("dtstamp", now().astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    called_off = entry.what is What.CALLED_OFF
    event.add("sequence", 1 if called_off else 0)
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    title = translations(language).gettext(TITLES[entry.what]) % {"title": entry.title}
    event.add("summary", title)
    page = _page(entry)
    event.add("description", "\n".join(one for one in (entry.round_title, entry.link, page) if one))
    event.add("url", entry.link or page)
    if entry.place:
        event.add("location", entry.place)
    for before in ALARMS[entry.what]:
        event.add_component(_alarm(title, before))
    return event


def _kind(entry: Entry) -> str:
    """A session keeps its name when it is called off, so that the calendar knows it again."""
    return "deadline" if entry.what is What.DEADLINE else "session"


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _page(entry: Entry) -> str:
    base = settings().public_url.rstrip("/")
    told: str = url_for("rounds.show", round_id=entry.round_id, _external=not base)
    return base + told
