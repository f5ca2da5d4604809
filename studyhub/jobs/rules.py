"""When a failed job is tried again, and for which turn a chore is due. Pure."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

PAUSES = tuple(
    timedelta(**pause)
    for pause in ({"seconds": 10}, {"minutes": 1}, {"minutes": 10}, {"hours": 1}, {"hours": 6})
)
"""How long to wait after the first failure, the second, and so on; after that it has failed."""

LAST_PAUSE = PAUSES[-1]


class Every(StrEnum):
    """How often a chore falls due."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when there have been enough."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def turn(every: Every, now: datetime, *, at: time, zone: tzinfo) -> datetime:
    """The last moment at which the chore fell due: the full minute or hour, or that time of day."""
    if every is Every.MINUTE:
        return now.replace(second=0, microsecond=0)
    if every is Every.HOUR:
        return now.replace(minute=0, second=0, microsecond=0)
    here = now.astimezone(zone)
    today = datetime.combine(here.date(), at, zone)
    return (today if today <= here else _the_day_before(today, zone)).astimezone(UTC)


def _the_day_before(moment: datetime, zone: tzinfo) -> datetime:
    return datetime.combine(moment.date() - timedelta(days=1), moment.time(), zone)
