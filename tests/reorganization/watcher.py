"""What the random years are chosen from, and what must hold after each of their days."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.completion.rules import Measure
from studyhub.kernel.actor import Actor
from studyhub.org.models import Membership, Unit, UnitKind
from studyhub.org.tree import parent_of
from studyhub.reconciliation.service import differences
from studyhub.rounds.models import StudyRound, Summons
from tests.world import World


class Watcher:
    """Chooses among what there is, and looks whether all is well."""

    db: Session
    world: World
    dice: Random
    today: date
    rounds: list[StudyRound]
    finished: dict[object, set[tuple[object, ...]]]
    done: Counter[str]

    def expect_all_well(self) -> None:
        for round_ in [*self.rounds, *map(self._found, self.finished)]:
            assert differences(self.db, round_) == [], self.done
            self._expect_sums(round_)
        for round_id, before in self.finished.items():
            assert self._figures(self._found(round_id)) == before, "a finished round has changed"
        self._expect_one_cell_each()

    def _expect_sums(self, round_: StudyRound) -> None:
        """Children add up to parents, and everybody on the list is counted exactly once."""
        tallies = self.db.scalars(
            select(Tally)
            .where(Tally.round_id == round_.id)
            .execution_options(populate_existing=True)
        ).all()
        by_path = {one.path: one for one in tallies}
        for measure in Measure:
            sums: Counter[str] = Counter()
            for one in tallies:
                sums[parent_of(one.path)] += getattr(one, measure.value)
            for path, one in by_path.items():
                if one.kind is not UnitKind.CELL:
                    assert sums[path] == getattr(one, measure.value), (path, measure)
        cells = sum(one.required + one.exempt for one in tallies if one.kind is UnitKind.CELL)
        listed = self.db.scalars(
            select(Summons).where(Summons.round_id == round_.id, Summons.call != "released")
        ).all()
        assert cells == len(listed) == len({one.user_id for one in listed})

    def _expect_one_cell_each(self) -> None:
        rows = self.db.scalars(select(Membership).where(Membership.until.is_(None))).all()
        assert max(Counter(row.user_id for row in rows).values()) == 1
        ended = [row.cell.name for row in rows if not row.cell.covers(self.today)]
        assert ended == [], "somebody belongs to a cell that is no longer there"

    # Choosing

    def _one_of(self, things: Any) -> Any:
        return self.dice.choice(list(things))

    def _cell(self) -> Unit:
        return self._one_of([one for one in self._standing() if one.is_cell])  # type: ignore[no-any-return]

    def _unit(self) -> Unit:
        return self._one_of([one for one in self._standing() if one.parent_id])  # type: ignore[no-any-return]

    def _standing(self) -> list[Unit]:
        units = self.db.scalars(select(Unit).order_by(Unit.path))
        return [unit for unit in units if unit.covers(self.today)]

    def _person(self) -> User:
        people = select(User).join(Membership).order_by(User.full_name).distinct()
        return self._one_of(self.db.scalars(people).all())  # type: ignore[no-any-return]

    def _members(self, cell: Unit) -> list[Membership]:
        rows = select(Membership).where(Membership.cell_id == cell.id, Membership.until.is_(None))
        return sorted(self.db.scalars(rows), key=lambda one: one.user.full_name)

    def _round(self) -> StudyRound:
        return self._one_of(self.rounds)  # type: ignore[no-any-return]

    def _found(self, round_id: object) -> StudyRound:
        return self.db.get_one(StudyRound, round_id)

    def _as(self, person: User) -> Actor:
        self.db.flush()
        return actor_of(self.db, person.id, self.today)

    def _officer(self) -> Actor:
        return self._as(self.world.dung)

    def _figures(self, round_: StudyRound) -> set[tuple[object, ...]]:
        self.db.flush()
        rows = self.db.execute(select(*Tally.__table__.columns).where(Tally.round_id == round_.id))
        return {tuple(row) for row in rows}
