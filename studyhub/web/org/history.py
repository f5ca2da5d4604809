"""A person's way as a list of events, the latest first."""

from dataclasses import dataclass
from datetime import date, timedelta

from studyhub.org.models import Appointment, Dated, Exemption, Membership
from studyhub.org.queries import History

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something that happened to a person on a day, by a decision."""

    on: date
    what: str
    thing: Membership | Exemption | Appointment
    basis: str


def events(history: History) -> list[Event]:
    """Beginnings and ends of everything; a probation ends in recognition and needs no end."""
    told = [_begin(row, history) for row in history.memberships]
    told += [_ended(row) for row in history.memberships if row.until and not _goes_on(row, history)]
    for rows in (history.exemptions, history.appointments):
        for row in rows:
            told.append(Event(row.since, f"{_name(row)}_begun", row, row.basis))
            if row.until:
                told.append(_ended(row))
    return sorted(told, key=lambda event: event.on)[::-1]


def _begin(row: Membership, history: History) -> Event:
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


def _ended(row: Membership | Exemption | Appointment) -> Event:
    return Event(_last_day(row), f"{_name(row)}_ended", row, row.until_basis)


def _name(row: Dated) -> str:
    return type(row).__name__.lower()


def _last_day(row: Dated) -> date:
    return row.until or date.max
