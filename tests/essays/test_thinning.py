"""Which texts of a draft stay: nothing young goes, and thinning often or seldom is the same."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from studyhub.essays.thinning import DAY, EVERY, HOUR, MUCH, is_due, superfluous
from tests.world import NOW

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
moments = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=15)).map(
    lambda age: NOW - age
)
histories = st.lists(moments, max_size=40).map(lambda found: dict(enumerate(found)))
spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=20))


def left(kept: dict[int, datetime], now: datetime) -> dict[int, datetime]:
    gone = superfluous(kept, now=now, zone=HANOI)
    return {one: moment for one, moment in kept.items() if one not in gone}


@given(histories)
def test_all_of_the_last_hour_stay(kept: dict[int, datetime]) -> None:
    young = {one for one, moment in kept.items() if NOW - moment <= HOUR}

    assert young <= left(kept, NOW).keys()


@given(histories)
def test_every_hour_of_the_last_day_and_every_day_keeps_its_last(kept: dict[int, datetime]) -> None:
    def told(found: dict[int, datetime], form: str) -> dict[str, datetime]:
        last: dict[str, datetime] = {}
        for moment in sorted(found.values()):
            last[moment.astimezone(HANOI).strftime(form)] = moment
        return last

    stay = left(kept, NOW)
    recent = {one: moment for one, moment in kept.items() if NOW - moment <= DAY}

    assert told(stay, "%Y%m%d") == told(kept, "%Y%m%d")
    assert set(told(recent, "%Y%m%d%H").values()) <= set(stay.values())


@given(histories)
def test_what_is_old_is_one_a_day_and_what_is_older_than_an_hour_one_an_hour(
    kept: dict[int, datetime],
) -> None:
    stay = [moment.astimezone(HANOI) for moment in left(kept, NOW).values()]
    days = [m.date() for m in stay if NOW - m > DAY]
    hours = [(m.date(), m.hour) for m in stay if NOW - m > HOUR]

    assert len(days) == len(set(days))
    assert len(hours) == len(set(hours))


@given(histories, spans, spans)
def test_thinned_often_or_seldom_the_same_remain(
    kept: dict[int, datetime], first: timedelta, second: timedelta
) -> None:
    sooner, later = NOW + first, NOW + first + second

    assert left(left(kept, sooner), later) == left(kept, later)


@given(histories)
def test_the_latest_always_stays(kept: dict[int, datetime]) -> None:
    stay = left(kept, NOW + timedelta(days=400))

    assert max(stay.values(), default=None) == max(kept.values(), default=None)


def test_while_one_writes_a_text_a_minute_is_kept() -> None:
    before, after = {"a": "một"}, {"a": "một hai"}

    assert is_due(before, after, kept_at=None, now=NOW)
    assert not is_due(before, after, kept_at=NOW - EVERY / 2, now=NOW)
    assert is_due(before, after, kept_at=NOW - EVERY, now=NOW)


def test_the_text_before_much_of_it_went_is_kept_at_once() -> None:
    before = {"a": "x" * MUCH, "b": "hai"}

    assert is_due(before, {"a": "", "b": "hai" + "y" * MUCH}, kept_at=NOW, now=NOW)
    assert is_due(before, {"b": "hai"}, kept_at=NOW, now=NOW)
    assert not is_due(before, {"a": "x", "b": "hai"}, kept_at=NOW, now=NOW)
