"""A person's way as a list of events, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from studyhub.org.models import Appointment, Exemption, Membership, Transfer
from studyhub.org.queries import History

ONE_DAY = timedelta(days=1)

Thing = Membership | Exemption | Appointment | Transfer


@dataclass(frozen=True)
class Event:
    """Something that happened to a person on a day, by a decision."""

    on: date
    what: str
    thing: Thing
    basis: str


def events(history: History, zone: tzinfo) -> list[Event]:
    """Beginnings and ends of everything; what only leads to the next thing needs no end."""
    told = [*_belonging(history), *_transfers(history, zone)]
    for rows in (history.exemptions, history.appointments):
        for row in rows:
            told.append(Event(row.since, f"{_name(row)}_begun", row, row.basis))
            if row.until:
                told.append(Event(row.until, f"{_name(row)}_ended", row, row.until_basis))
    return sorted(told, key=lambda event: event.on)[::-1]


def present_of(history: History, day: date) -> Membership:
    """Where the person's page stands: the last stretch, but a transfer to come is still to come."""
    latest = history.memberships[0]
    moves_later = latest.since > day and any(
        moved.begun_id == latest.id and moved.taken_back_at is None for moved in history.transfers
    )
    today = next((row for row in history.memberships if row.covers(day)), latest)
    return today if moves_later else latest


def _belonging(history: History) -> Iterator[Event]:
    transferred = {moved.begun_id for moved in history.transfers}
    went_on = {moved.left_id for moved in history.transfers}
    for row in history.memberships:
        if row.id not in transferred:
            yield _begun(row, history)
        if row.until and row.id not in went_on and not _goes_on(row, history):
            what = "left" if row.leaving else "membership_ended"
            yield Event(row.until, what, row, row.until_basis)


def _transfers(history: History, zone: tzinfo) -> Iterator[Event]:
    for moved in history.transfers:
        yield Event(moved.day, "transferred", moved, moved.basis)
        if moved.taken_back_at:
            day = moved.taken_back_at.astimezone(zone).date()
            yield Event(day, "transfer_taken_back", moved, moved.taken_back_basis)


def _begun(row: Membership, history: History) -> Event:
    before = [other for other in history.memberships if other.until == row.since - ONE_DAY]
    recognised = any(_same_cell(row, other) for other in before)
    return Event(row.since, "recognised" if recognised else "admitted", row, row.basis)


def _goes_on(row: Membership, history: History) -> bool:
    return row.until is not None and any(
        other.since == row.until + ONE_DAY and _same_cell(row, other)
        for other in history.memberships
    )


def _same_cell(one: Membership, other: Membership) -> bool:
    return one.cell_id == other.cell_id and one.standing != other.standing


def _name(row: Exemption | Appointment) -> str:
    if isinstance(row, Exemption):
        return "suspension" if row.is_suspension else "exemption"
    return "appointment"
