"""What an officer may type about a session. Plain WTForms: no database, no Flask."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from studyhub.kernel.vietnamese import nfc, tidy
from studyhub.kernel.words import N_
from studyhub.study.models import StudySession
from studyhub.study.sessions import SessionPlan, Topic, is_link
from studyhub.web.fields import DayField, NameField, TimeField, moment, read_time
from studyhub.web.numbers import WholeNumberField

NOT_A_LINK = N_("A link begins with https:// or http://.")
LATE_AFTER = 15
"""Minutes, where nothing else is said."""

BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=60)
"""Check-in opens and closes so long before and after the beginning, if nothing else is said."""

_NO_TIME = re.compile(r"\d{1,2} ?[:hg.] ?\d{0,2}$")
"""What stands where a time was meant, but is none: 25:00, 7:75."""

_LONG = Length(max=1000, message=N_("At most 1,000 characters."))


def _link(_form: Form, field: StringField) -> None:
    """A web address that a browser may be sent to."""
    field.data = (field.data or "").strip()
    if field.data and not is_link(field.data):
        raise ValidationError(NOT_A_LINK)


class SessionForm(Form):
    """A session: all of its times stand on one day."""

    title = NameField(
        N_("Title"),
        [
            InputRequired(N_("Give the session a title.")),
            Length(max=200, message=N_("At most 200 characters.")),
        ],
    )
    on = DayField(N_("Day"), [InputRequired(N_("Give the day of the session."))])
    starts_at = TimeField(N_("Begins at"), [InputRequired(N_("Say when it begins."))])
    ends_at = TimeField(N_("Ends at"), [InputRequired(N_("Say when it ends."))])
    place = NameField(N_("Place"), [_LONG])
    link = StringField(N_("Link to join"), [_LONG, _link])
    recording_link = StringField(N_("Link to the recording"), [_LONG, _link])
    reporter = NameField(N_("Reporter"), [_LONG])
    check_in_opens_at = TimeField(N_("Check-in opens at"), [Optional()])
    check_in_closes_at = TimeField(N_("Check-in closes at"), [Optional()])
    late_after = WholeNumberField(N_("Late from so many minutes after the beginning"), most=240)
    agenda = TextAreaField(
        N_("Agenda"), [Length(max=8000, message=N_("At most 8,000 characters."))]
    )

    def validate_ends_at(self, field: TimeField) -> None:
        """After the beginning."""
        if field.data and self.starts_at.data and field.data <= self.starts_at.data:
            raise ValidationError(N_("The session must end after it begins."))

    def validate_check_in_closes_at(self, field: TimeField) -> None:
        """After it opens."""
        opens = self.check_in_opens_at.data
        if field.data and opens and field.data <= opens:
            raise ValidationError(N_("Check-in must close after it opens."))

    def validate_agenda(self, field: TextAreaField) -> None:
        """Every line has a title, and its time, where it has one, can be read."""
        for title, _clock, reporter in _lines(field.data or ""):
            if not title or _NO_TIME.match(title) or max(len(title), len(reporter)) > 1000:
                raise ValidationError(N_("Write each line as: 08:00 | title | reporter."))

    def plan(self, zone: ZoneInfo) -> SessionPlan:
        """What was typed, as the deed takes it."""
        day = self.on.data or date.min
        starts = moment(day, self.starts_at.data or time.min, zone)
        opens, closes = self.check_in_opens_at.data, self.check_in_closes_at.data
        return SessionPlan(
            title=self.title.data or "",
            starts_at=starts,
            ends_at=moment(day, self.ends_at.data or time.min, zone),
            check_in_opens_at=moment(day, opens, zone) if opens else starts - BEFORE,
            check_in_closes_at=moment(day, closes, zone) if closes else starts + AFTER,
            place=self.place.data or "",
            link=self.link.data or "",
            recording_link=self.recording_link.data or "",
            reporter=self.reporter.data or "",
            late_after=self.late_after.number if self.late_after.data else LATE_AFTER,
            agenda=[
                Topic(
                    title=title,
                    starts_at=moment(day, clock, zone) if clock else None,
                    reporter=reporter,
                )
                for title, clock, reporter in _lines(self.agenda.data or "")
            ],
        )


def filled(session: StudySession, zone: ZoneInfo) -> Mapping[str, Any]:
    """The session as it is, for the form."""
    names = ("title", "place", "link", "recording_link", "reporter", "late_after")
    times = ("starts_at", "ends_at", "check_in_opens_at", "check_in_closes_at")
    return {
        **{name: getattr(session, name) for name in names},
        **{name: getattr(session, name).astimezone(zone).time() for name in times},
        "on": session.starts_at.astimezone(zone).date(),
        "agenda": "\n".join(
            _line(item.starts_at, item.title, item.reporter, zone) for item in session.agenda
        ),
    }


def _line(starts_at: datetime | None, title: str, reporter: str, zone: ZoneInfo) -> str:
    clock = f"{starts_at.astimezone(zone):%H:%M}" if starts_at else ""
    return " | ".join([*([clock] if clock else []), title, *([reporter] if reporter else [])])


def _lines(typed: str) -> Iterator[tuple[str, time | None, str]]:
    """The lines of the agenda: title, time, reporter; a line may begin with its title."""
    for line in nfc(typed).splitlines():
        pieces = [tidy(piece) for piece in line.split("|")]
        if not any(pieces):
            continue
        clock = _clock(pieces[0])
        rest = pieces[1:] if clock else pieces
        yield (rest[0] if rest else ""), clock, " – ".join(filter(None, rest[1:]))


def _clock(typed: str) -> time | None:
    try:
        return read_time(typed)
    except ValidationError:
        return None
