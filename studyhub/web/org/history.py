"""A person's way as a list of events, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo

from studyhub.kernel.clock import ONE_DAY
from studyhub.org.models import Appointment, Exemption, Leaving, Membership, Transfer
from studyhub.org.queries import History
from studyhub.org.stays import Stay
from studyhub.rounds.models import Summons
from studyhub.study.record import Entry

LEFT = {Leaving.MOVED_AWAY: "moved_away"}
"""Who goes to an organization outside is still in the Party: that is told in other words."""

Thing = Membership | Exemption | Appointment | Transfer | Stay | Summons


@dataclass(frozen=True)
class Event:
    """Something that happened to a person on a day, by a decision."""

    on: date
    what: str
    thing: Thing
    basis: str
    recorded: Entry | None = None
    is_taken_back: bool = False
    """It was done, and undone later: told as what it was, and as undone."""


def events(history: History, zone: tzinfo) -> list[Event]:
    """Beginnings and ends of everything; what only leads to the next thing needs no end."""
    told = [*_belonging(history), *_transfers(history, zone), *_stays(history, zone)]
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
            what = LEFT.get(row.leaving, "left") if row.leaving else "membership_ended"
            yield Event(row.until, what, row, row.until_basis)


def _transfers(history: History, zone: tzinfo) -> Iterator[Event]:
    for moved in history.transfers:
        yield Event(moved.day, "transferred", moved, moved.basis)
        if moved.taken_back_at:
            day = moved.taken_back_at.astimezone(zone).date()
            yield Event(day, "transfer_taken_back", moved, moved.taken_back_basis)


def _stays(history: History, zone: tzinfo) -> Iterator[Event]:
    """The whole term in one line; that it was taken back is another."""
    for stay in history.stays:
        basis = "; ".join(dict.fromkeys(word for word in (stay.basis, stay.until_basis) if word))
        yield Event(stay.since, "stay", stay, basis)
        if stay.taken_back_at:
            day = stay.taken_back_at.astimezone(zone).date()
            yield Event(day, "stay_taken_back", stay, stay.taken_back_basis)


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
