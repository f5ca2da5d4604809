"""Days and times as people type them."""

from datetime import date, time

import pytest
from wtforms.validators import ValidationError

from studyhub.web.fields import read_day, read_time


@pytest.mark.parametrize(
    "typed",
    [
        "5/9/2026",
        "05/09/2026",
        "05-09-2026",
        "5.9.26",
        "5 tháng 9 năm 2026",
        "05092026",
        "5 9 2026",
    ],
)
def test_a_day_in_any_usual_way(typed: str) -> None:
    assert read_day(typed) == date(2026, 9, 5)


@pytest.mark.parametrize("typed", ["31/02/2026", "mai", "2026", "5/9", "13/13/2026", "1/1/20261"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_day(typed)


@pytest.mark.parametrize("typed", ["31/02/2026", "29-2-2025", "31042026", "13/13/2026"])
def test_a_day_the_calendar_does_not_have_is_called_so(typed: str) -> None:
    with pytest.raises(ValidationError, match="The calendar has no such day"):
        read_day(typed)


@pytest.mark.parametrize("typed", ["7:30", "07:30", "7h30", "7 giờ 30", "07.30", "0730", "730"])
def test_a_time_in_any_usual_way(typed: str) -> None:
    assert read_time(typed) == time(7, 30)


def test_a_full_hour() -> None:
    assert read_time("17h") == time(17, 0)


@pytest.mark.parametrize("typed", ["25:00", "7:61", "sáng", "7", ""])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_time(typed)
