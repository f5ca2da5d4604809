"""Whatever is done to people over the days: each belongs to one cell at most on any day."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.errors import StudyHubError
from studyhub.org import guests, movements, queries, service
from studyhub.org.models import (
    Appointment,
    Exemption,
    ExemptionKind,
    Leaving,
    Membership,
    Standing,
    Transfer,
    Unit,
)
from studyhub.org.rules import LEADING
from studyhub.rounds.roster import roster
from tests.org.people import membership_of
from tests.world import LONG_AGO, NOW, World

FIRST = date(2026, 1, 1)
DAYS, STEPS = 120, 40
WINDOW = [LONG_AGO, *(FIRST + timedelta(days=n) for n in range(-5, DAYS + 40))]


class Office:
    """Somebody who does anything that can be done, on days before and behind the present one."""

    def __init__(self, db: Session, world: World, seed: int) -> None:
        self.db, self.world = db, world
        self.dice = random.Random(seed)
        self.people = [world.an, world.lan, world.binh]
        self.cells = [world.cell, world.other_cell]
        self.done: dict[str, int] = {}

    def deeds(self) -> list[Callable[[User, date], object]]:
        return [
            *[self.transfer] * 6, self.take_back_transfer, self.leave, self.take_back_end,
            self.take_back_end, self.admit, self.suspend, self.exempt, self.end_exemption,
            self.recognise, self.lead, self.stay, self.stay, self.end_stay,
        ]  # fmt: skip

    def do_something(self, today: date) -> None:
        """One deed; what is refused is undone, as in a request."""
        deed = self.dice.choice(self.deeds())
        person = self.dice.choice(self.people)
        try:
            with self.db.begin_nested():
                deed(person, today + timedelta(days=self.dice.randint(-10, 10)))
            self.done[deed.__name__] = self.done.get(deed.__name__, 0) + 1
        except StudyHubError:
            self.db.expire_all()

    def transfer(self, person: User, day: date) -> None:
        latest = membership_of(self.db, person)
        to = self.dice.choice(self.cells)
        service.transfer(self.db, latest, to, on=day, by=None, now=NOW)

    def take_back_transfer(self, person: User, _day: date) -> None:
        moved = self.dice.choice([None, *movements.transfers_of(self.db, person.id)])
        if moved:
            service.take_back_transfer(self.db, moved, by=None, now=NOW)

    def leave(self, person: User, day: date) -> None:
        closes = datetime.combine(day + timedelta(days=1), time.min, UTC)
        service.leave(
            self.db, membership_of(self.db, person), reason=self.dice.choice(list(Leaving)),
            until=day, closes_at=closes, by=None, now=NOW,
        )  # fmt: skip

    def take_back_end(self, person: User, _day: date) -> None:
        history = queries.history_of(self.db, person.id)
        ended = self.dice.choice(history.memberships)
        service.take_back_end(self.db, ended, by=None, now=NOW)

    def admit(self, person: User, day: date) -> None:
        cell, standing = self.dice.choice(self.cells), Standing.PROBATIONARY
        service.admit(self.db, person, cell, standing=standing, since=day, by=None, now=NOW)

    def recognise(self, person: User, day: date) -> None:
        latest = membership_of(self.db, person)
        service.recognise_official(self.db, latest, on=day, by=None, now=NOW)

    def suspend(self, person: User, day: date) -> None:
        until = day + timedelta(days=self.dice.randint(0, 15))
        service.exempt(
            self.db, person, kind=ExemptionKind.SUSPENDED, since=day, until=until, reason="r",
            basis="b", by=None, now=NOW,
        )  # fmt: skip

    def exempt(self, person: User, day: date) -> None:
        service.exempt(self.db, person, since=day, reason="r", by=None, now=NOW)

    def end_exemption(self, person: User, day: date) -> None:
        rows = self.db.scalars(select(Exemption).where(Exemption.user_id == person.id)).all()
        if rows:
            service.end_exemption(self.db, self.dice.choice(rows), until=day, by=None, now=NOW)

    def stay(self, person: User, day: date) -> None:
        host, until = self.dice.choice(self.cells), day + timedelta(days=self.dice.randint(0, 30))
        service.begin_stay(self.db, person, host, since=day, until=until, by=None, now=NOW)

    def end_stay(self, person: User, day: date) -> None:
        stays = guests.stays_of(self.db, person.id)
        if stays:
            deed = self.dice.choice([service.end_stay, service.extend_stay])
            deed(self.db, self.dice.choice(stays), until=day, by=None, now=NOW)

    def lead(self, person: User, day: date) -> None:
        cell, post = self.dice.choice(self.cells), self.dice.choice(LEADING)
        service.appoint(self.db, person, cell, post, since=day, by=None, now=NOW)

    def where(self, person: User, day: date) -> Unit | None:
        """The one cell of that day, by counting the rows."""
        rows = self.db.scalars(select(Membership).where(Membership.user_id == person.id)).all()
        found = [row.cell for row in rows if row.covers(day)]
        assert len(found) <= 1, (person.full_name, day, [cell.name for cell in found])
        return found[0] if found else None

    def check(self) -> None:
        for person in self.people:
            self._check_stretches(person)
        for day in self.dice.sample(WINDOW, 3):
            self._check_day(day)

    def _check_stretches(self, person: User) -> None:
        """No two on one day, and between two stretches a gap only where the first one was left."""
        history = queries.history_of(self.db, person.id)
        rows = sorted(history.memberships, key=lambda row: row.since)
        for one, other in pairwise(rows):
            assert one.until is not None
            assert one.until < other.since
            assert one.leaving or other.since == one.until + timedelta(days=1), "a gap invented"
        left = rows[-1].leaving is not None
        assert (person.closed_at is not None) == left == (rows[-1].until is not None)

    def _check_day(self, day: date) -> None:
        listed = roster(self.db, [self.world.district.path], day)
        found = {member.user_id: member for member in listed}
        assert len(listed) == len(found)
        in_cells = [
            m.user.id for cell in self.cells for m in queries.members_of(self.db, cell, day)
        ]
        assert sorted(in_cells) == sorted(found)
        for person in self.people:
            cell, member = self.where(person, day), found.get(person.id)
            assert (member.cell_id if member else None) == (cell.id if cell else None)
            away = [row for row in queries.history_of(self.db, person.id).exemptions
                    if row.covers(day)]  # fmt: skip
            assert len(away) <= 1
            hosts = [row.host for row in guests.stays_of(self.db, person.id) if row.holds(day)]
            assert len(hosts) <= 1, "in two cells as a guest"
            assert cell not in hosts, "a guest at home"
            assert cell or not hosts, "a guest who belongs nowhere"
            if member:
                assert bool(member.exemption) == bool(away), "counted though away"


@pytest.mark.slow  # looks at every list again after each of some hundred deeds
@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_ever_in_two_cells_and_every_list_has_them_once(
    db: Session, world: World, seed: int
) -> None:
    office = Office(db, world, seed)

    for n in range(STEPS):
        office.do_something(FIRST + timedelta(days=n * DAYS // STEPS))
        office.check()

    assert office.done["transfer"], office.done
    assert db.scalars(select(Transfer)).all()
    for post in db.scalars(select(Appointment).where(Appointment.until.is_(None))):
        if post.post in LEADING and post.user in office.people:
            assert office.where(post.user, WINDOW[-1]) is post.unit, "leads a cell they left"
