"""How days, times and numbers are said to a Vietnamese reader, and to an English one."""

import re
from datetime import date, datetime

from babel.dates import format_date
from flask import Flask
from markupsafe import Markup, escape

from studyhub.rounds.grading import write_points
from studyhub.web import documents
from studyhub.web.language import gettext, language, ngettext, separated
from studyhub.web.request import now, today, zone

NO_BREAK, JOINER = "\u00a0", "\u2060"
_NUMBERED = re.compile(r"\d+[-/][A-ZĐƯ]\w*(?:[-/][A-ZĐƯ]\w*)*")
_JOINED = re.compile(
    r"(?<=\d) (?=(?:ngày|từ|giờ|tháng|đồng chí|bài|người|buổi|chi bộ|phần)\b)"
    r"|(?<=số) (?=\d)|(?<=[Đđ]ồng) (?=chí\b)|(?<=[Nn]ghị) (?=quyết\b)|(?<=[Tt]hứ) (?=[A-Z])"
)


def init_app(app: Flask) -> None:
    """Give them to the templates."""
    for filter_ in (day, day_and_time, time_of_day, weekday, long_day, number, percent, no_break):
        app.jinja_env.filters[filter_.__name__] = filter_
    app.jinja_env.filters |= {
        name: getattr(documents, name)
        for name in ("document_type", "document_name", "document_title", "document_full_name")
    }
    app.jinja_env.filters["points"] = write_points
    app.jinja_env.filters |= {"date": day, "time": time_of_day, "nb": no_break}
    app.jinja_env.globals |= {"days_left": days_left, "now": now, "today": today}


def local(moment: datetime) -> datetime:
    """The moment on the clocks of the installation."""
    return moment.astimezone(zone())


def day(value: date | datetime | None) -> str:
    """06/12/2026; "" for nothing."""
    if value is None:
        return ""
    return f"{local(value) if isinstance(value, datetime) else value:%d/%m/%Y}"


def time_of_day(value: datetime | None) -> str:
    """17:00."""
    return f"{local(value):%H:%M}" if value else ""


def weekday(value: date | datetime) -> str:
    """«thứ Sáu», «Chủ nhật», “Friday”."""
    on = local(value).date() if isinstance(value, datetime) else value
    said = format_date(on, "EEEE", locale=language())
    return said.replace("Thứ", "thứ").replace("Nhật", "nhật") if language() == "vi" else said


def day_and_time(value: datetime | None) -> str:
    """17:00 thứ Sáu, 10/12/2026."""
    return f"{time_of_day(value)} {weekday(value)}, {day(value)}" if value else ""


def long_day(value: date | datetime) -> str:
    """Thứ Hai, 06/12/2026."""
    said = f"{weekday(value)}, {day(value)}"
    return said[:1].upper() + said[1:]


def number(value: float) -> str:
    """1.500 in Vietnamese, 1,500 in English."""
    said = f"{value:,}" if isinstance(value, int) else f"{value:,.3f}".rstrip("0").rstrip(".")
    return separated(said)


def percent(part: int, whole: int) -> str:
    """61,5 % of a whole; a whole number without a decimal; «–» of nothing.

    Almost all is not all, and hardly any is not none.
    """
    if not whole:
        return "–"
    share = round(100 * part / whole, 1)
    if 0 < part < whole:
        share = min(max(share, 0.1), 99.9)
    return separated(f"{share:,.1f}".removesuffix(".0")) + "%"


def no_break(text: str) -> Markup:
    """Keep units and set phrases on one line: «4 ngày», «số 52-NQ/TW», «thứ Sáu»."""
    joined = _NUMBERED.sub(_joined, str(escape(text)))
    return Markup(_JOINED.sub(NO_BREAK, joined))  # noqa: S704 - escaped before


def _joined(number_: re.Match[str]) -> str:
    """The number of a document, which breaks neither at its strokes nor at its hyphens."""
    return re.sub("[-/]", lambda sign: f"{JOINER}{sign[0]}{JOINER}", number_[0])


def days_left(until: datetime) -> str:
    """«còn 4 ngày», «hôm nay», «quá hạn 2 ngày»."""
    days = (local(until).date() - today()).days
    if until < now():
        return _overdue(-days)
    if days == 0:
        return gettext("due today")
    return ngettext("%(num)d day left", "%(num)d days left", days)


def _overdue(days: int) -> str:
    if days == 0:
        return gettext("overdue since today")
    return ngettext("%(num)d day overdue", "%(num)d days overdue", days)
