"""Fields as Vietnamese people fill them in: days typed dd/mm/yyyy, times typed hh:mm."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import HiddenField, StringField
from wtforms.validators import Regexp, ValidationError

from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_

END_OF_WORK = time(17)
"""The time of a deadline where none is typed."""

NOT_A_DAY = N_("Type the date as 05/09/2026.")
NO_SUCH_DAY = N_("The calendar has no such day. Check the day and the month.")
NOT_A_TIME = N_("Type the time as 07:30.")

_DAY = re.compile(
    r"^(\d{1,2})(?:[/.\-\s]|\s*tháng\s*)(\d{1,2})(?:[/.\-\s]|\s*năm\s*)(\d{4}|\d{2})$"
)
_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
_TIME = re.compile(r"^(\d{1,2})(?:[:hg.]|\s*giờ\s*|(?=\d{2}$))(\d{2})?$")


class NameField(StringField):
    """A line of text, composed (NFC) and without needless spaces."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, tidied."""
        self.data = tidy(str(valuelist[0])) if valuelist else ""


class DayField(StringField):
    """A day. Takes 5/9/2026, 05-09-2026, 5.9.26, 5 tháng 9 năm 2026; keeps what was typed."""

    data: date | None  # type: ignore[assignment]  # a string field that holds a day

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%d/%m/%Y}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day; an empty field is no day."""
        typed = tidy(str(valuelist[0])) if valuelist else ""
        self.data = read_day(typed) if typed else None


class TimeField(StringField):
    """A time of day. Takes 7:30, 07:30, 7h30, 7 giờ 30, 17h; keeps what was typed."""

    data: time | None  # type: ignore[assignment]  # a string field that holds a time

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the time; an empty field is no time."""
        typed = tidy(str(valuelist[0])) if valuelist else ""
        self.data = read_time(typed) if typed else None


class RevisionField(HiddenField):
    """The revision of the text that was shown: a number, or the page is not whole."""

    def __init__(self, **kwargs: Any) -> None:
        whole = Regexp(r"^\d{1,9}$", message=N_("This page is incomplete. Reload it."))
        super().__init__(validators=[whole], **kwargs)


def read_day(typed: str) -> date:
    """The day meant by what was typed; ValidationError when it is none.

    Some telephones have no “/” on their number keys: 05092026 is a day too.
    """
    found = _DAY.match(typed) or _DIGITS.match(typed)
    if not found:
        raise ValidationError(NOT_A_DAY)
    day, month, year = (int(number) for number in found.groups())
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise ValidationError(NO_SUCH_DAY) from None


def read_time(typed: str) -> time:
    """The time meant by what was typed; ValidationError when it is none."""
    found = _TIME.match(typed)
    if not found:
        raise ValidationError(NOT_A_TIME)
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise ValidationError(NOT_A_TIME) from None


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That day and time where StudyHub stands, as an aware moment."""
    return datetime.combine(day, clock, zone)
