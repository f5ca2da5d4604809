"""A person's way with what the log knows of it: who recorded what when, and what was undone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from itertools import pairwise
from uuid import UUID

from studyhub.audit.log import Deed
from studyhub.org.models import Membership, Transfer
from studyhub.org.queries import History
from studyhub.org.stays import Stay
from studyhub.rounds.models import Call
from studyhub.study.record import Calling, Entry, Record
from studyhub.web.org.history import Event, Thing, events

WRITTEN = {
    "admitted": (Deed.MEMBERSHIP_BEGUN,),
    "recognised": (Deed.STANDING_CHANGED,),
    "membership_ended": (Deed.MEMBERSHIP_ENDED,),
    "left": (Deed.MEMBERSHIP_ENDED,),
    "moved_away": (Deed.MEMBERSHIP_ENDED,),
    "transferred": (Deed.TRANSFERRED,),
    "transfer_taken_back": (Deed.TRANSFER_TAKEN_BACK,),
    "stay": (Deed.STAY_BEGUN,),
    "stay_taken_back": (Deed.STAY_TAKEN_BACK,),
    "exemption_begun": (Deed.EXEMPTION_BEGUN,),
    "exemption_ended": (Deed.EXEMPTION_ENDED, Deed.EXEMPTION_BEGUN),
    "suspension_begun": (Deed.SUSPENSION_BEGUN,),
    "suspension_ended": (Deed.SUSPENSION_ENDED, Deed.SUSPENSION_BEGUN),
    "appointment_begun": (Deed.POST_TAKEN_UP,),
    "appointment_ended": (Deed.POST_LAID_DOWN, Deed.POST_TAKEN_UP),
}
"""The deeds that wrote an event down: an end may have been written with the beginning."""

CALLED = {Call.REQUIRED: "required", Call.EXEMPT: "exempted", Call.RELEASED: "released"}
DEEDS = {Deed.SUMMONED: Call.REQUIRED, Deed.EXEMPTED: Call.EXEMPT, Deed.RELEASED: Call.RELEASED}


def subjects(history: History) -> list[UUID]:
    """The things of the person that the log tells about."""
    things: Sequence[Membership | Stay] = [*history.memberships, *history.stays]
    rows = [*things, *history.exemptions, *history.appointments]
    return [row.id for row in rows]


def told(history: History, record: Record, zone: tzinfo) -> list[Event]:
    """Everything, the latest first: by the day it holds from, then by when it was recorded."""
    found = [_with_record(event, record) for event in events(history, zone)]
    found += [*_ends_taken_back(history, record, zone), *_callings(record, zone)]
    return sorted(found, key=_moment)[::-1]


def _with_record(event: Event, record: Record) -> Event:
    deeds = WRITTEN.get(event.what, ())
    lines = [line for deed in deeds for line in record.of(_subject(event), deed)[-1:]]
    undone = getattr(event.thing, "taken_back_at", None) is not None
    is_undoing = event.what.endswith("_taken_back")
    return replace(event, recorded=next(iter(lines), None), is_taken_back=undone and not is_undoing)


def _subject(event: Event) -> UUID | None:
    thing: Thing = event.thing
    return (thing.begun_id or thing.left_id) if isinstance(thing, Transfer) else thing.id


def _ends_taken_back(history: History, record: Record, zone: tzinfo) -> Iterator[Event]:
    """An end that was undone has left no trace but in the log."""
    for row in history.memberships:
        lines = record.of(row.id, Deed.MEMBERSHIP_ENDED, Deed.MEMBERSHIP_RESUMED)
        for ended, resumed in pairwise(lines):
            if (ended.deed, resumed.deed) == (Deed.MEMBERSHIP_ENDED, Deed.MEMBERSHIP_RESUMED):
                day = date.fromisoformat(str(ended.facts["day"]))
                yield Event(day, "membership_ended", row, "", ended, is_taken_back=True)
                yield Event(_day(resumed.at, zone), "resumed", row, "", resumed)


def _callings(record: Record, zone: tzinfo) -> Iterator[Event]:
    late: set[UUID] = set()
    for calling in record.callings:
        summons = calling.summons
        yield Event(
            _day(calling.entry.at, zone),
            _called(calling, is_first=summons.id not in late),
            summons,
            calling.reason,
            calling.entry,
        )
        late.add(summons.id)


def _called(calling: Calling, *, is_first: bool) -> str:
    if is_first and calling.summons.added_late and calling.deed is Deed.SUMMONED:
        return "summoned_late"
    return CALLED[DEEDS[calling.deed]]


def _moment(event: Event) -> tuple[date, float]:
    recorded: Entry | None = event.recorded
    return event.on, recorded.at.timestamp() if recorded else 0.0


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
