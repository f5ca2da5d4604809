"""Which texts of a draft are kept in its history. Pure.

Of what was saved while somebody wrote on, one a minute is kept, and always the one
before much of it went. With time they are thinned: all of the last hour stay, the last
of each hour of the last day, the last of each day before. Thinned often or seldom,
the same remain.
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

EVERY = timedelta(minutes=1)
"""While somebody writes on, a text is kept that often."""

MUCH = 100
"""Characters that go at once: more than one corrects, less than a paragraph."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

K = TypeVar("K", bound=Hashable)


def is_due(
    before: Mapping[str, str], after: Mapping[str, str], *, kept_at: datetime | None, now: datetime
) -> bool:
    """Whether the text that is written over goes into the history."""
    return kept_at is None or now - kept_at >= EVERY or _shrinks(before, after)


def superfluous(kept: Mapping[K, datetime], *, now: datetime, zone: tzinfo) -> set[K]:
    """Those of the texts, told by the moment of each, that need not be kept any longer."""
    by_hour, by_day = _last(kept, zone, "%Y%m%d%H"), _last(kept, zone, "%Y%m%d")
    wanted = {
        one
        for one, moment in kept.items()
        if now - moment <= HOUR or one in (by_hour if now - moment <= DAY else by_day)
    }
    return kept.keys() - wanted


def _last(kept: Mapping[K, datetime], zone: tzinfo, stretch: str) -> set[K]:
    """The last of each stretch of time; of several at one moment, one."""
    latest: dict[str, K] = {}
    for one in _in_order(kept):
        latest[kept[one].astimezone(zone).strftime(stretch)] = one
    return set(latest.values())


def _in_order(kept: Mapping[K, datetime]) -> Iterable[K]:
    return sorted(kept, key=lambda one: (kept[one], str(one)))


def _shrinks(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether much of any part goes."""
    return any(len(text) - len(after.get(part, "")) >= MUCH for part, text in before.items())
