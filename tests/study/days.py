"""People at a session and its repetition, who do what people do, at random."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.errors import StudyHubError
from studyhub.rounds.models import AttendanceRule, Summons
from studyhub.study import absences, calling, making_up
from studyhub.study.absence_models import AbsenceRequest, AbsenceState
from studyhub.study.check_in import check_in
from studyhub.study.codes import code_at
from studyhub.study.models import Attendance, Basis, Presence
from studyhub.study.roll_call import Entry, call_roll
from tests.world import NOW, World

AFTER = NOW + timedelta(hours=4)
DEEDS = 40


class Days:
    """A session, its repetition, and people who do what people do, at random."""

    def __init__(self, db: Session, world: World, seed: int) -> None:
        self.db, self.world, self.chance = db, world, Random(seed)
        rule = self.chance.choice(list(AttendanceRule))
        self.round = world.round(attendance_rule=rule)
        self.first = world.session(self.round)
        later = {"starts_at": AFTER, "ends_at": AFTER + timedelta(hours=2)}
        window = {"check_in_opens_at": AFTER, "check_in_closes_at": AFTER + timedelta(hours=2)}
        self.again = world.session(self.round, made_up_of=self.first, **later, **window)
        self.done = 0

    def pass_by(self) -> None:
        """Many deeds; what is refused changes nothing."""
        people = self.db.scalars(
            select(User).join(Summons, Summons.user_id == User.id).order_by(User.name_order)
        ).all()
        deeds: list[Callable[[User], object]] = [
            self._checks_in, self._is_called, self._asks, self._is_answered, self._makes_up,
            self._falls_back, self._is_recalled,
        ]  # fmt: skip
        for _ in range(DEEDS):
            with suppress(StudyHubError), self.db.begin_nested():
                self.chance.choice(deeds)(self.chance.choice(people))
                self.done += 1

    def _checks_in(self, person: User) -> None:
        session, now = self.chance.choice([(self.first, NOW), (self.again, AFTER)])
        code, by = code_at(session, now), self.world.actor(person)
        check_in(self.db, session, code=code, on_site=True, by=by, now=now)

    def _is_called(self, person: User) -> None:
        session = self.chance.choice([self.first, self.again])
        row = self.db.get(Attendance, (session.id, person.id))
        presence = self.chance.choice(list(Presence))
        reason = "ốm" if presence is Presence.EXCUSED else ""
        said = Entry(presence=presence, reason=reason, seen=row.presence if row else None)
        by, cell = self.world.actor(self.world.dung), self.world.cell_of(person)
        call_roll(self.db, session, cell, {person.id: said}, by=by, now=AFTER)

    def _asks(self, person: User) -> None:
        session, by = self.chance.choice([self.first, self.again]), self.world.actor(person)
        absences.ask(self.db, session, reason="ốm", by=by, now=AFTER)

    def _is_answered(self, _person: User) -> None:
        waits = AbsenceRequest.state == AbsenceState.ASKED
        asked = self.db.scalars(select(AbsenceRequest).where(waits).limit(1)).first()
        by = self.world.actor(self.world.dung)
        if asked is None:
            return
        if self.chance.random() < 0.7:
            absences.grant(self.db, asked, by=by, now=AFTER)
        else:
            absences.decline(self.db, asked, answer="không", by=by, now=AFTER)

    def _makes_up(self, person: User) -> None:
        by = self.world.actor(person)
        basis = self.chance.choice([Basis.PAPER, Basis.RECORDING])
        making_up.credit(self.db, self.first, person.id, basis=basis, by=by, now=AFTER)

    def _falls_back(self, person: User) -> None:
        by = self.world.actor(self.world.dung)
        making_up.take_back(self.db, self.first, person.id, by=by, now=AFTER)

    def _is_recalled(self, person: User) -> None:
        found = select(Summons).where(Summons.user_id == person.id)
        summons, by = self.db.scalars(found).one(), self.world.actor(self.world.dung)
        deed = self.chance.choice([calling.exempt, calling.require, calling.release])
        deed(self.db, summons, reason="lý do", by=by, now=AFTER)
