"""Reorganizations made by hand, row by row: what the deeds of `org` leave behind."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.completion.rules import Measure
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Membership, Transfer, Unit, UnitKind
from studyhub.org.succession import Act, FormerPlace, Reorganization, Stage, Succession
from studyhub.org.tree import path_below
from studyhub.rounds.models import StudyRound, Summons
from tests.world import LONG_AGO, NOW, TODAY, World


class Office:
    """Ends, founds and moves units of the world."""

    def __init__(self, world: World) -> None:
        self.world, self.db = world, world.db
        self.met = 0
        self.day = TODAY - timedelta(days=6)

    @property
    def eve(self) -> date:
        """The day before the act."""
        return self.day - timedelta(days=1)

    def act(self, act: Act = Act.MERGE) -> Reorganization:
        """A decision that has been carried out lately, the day after the one before it."""
        self.day += timedelta(days=1)
        row = Reorganization(
            id=new_uuid(),
            act=act,
            stage=Stage.DONE,
            day=self.day,
            basis="QĐ 12-QĐ/ĐU",
            planned_at=NOW,
            done_at=NOW,
            ended_basis="",
            obstacle="",
        )
        self.db.add(row)
        self.db.flush()
        return row

    def found(self, parent: Unit, name: str, kind: UnitKind = UnitKind.CELL) -> Unit:
        """A unit below another, with a path that never was."""
        parent.children_ever += 1
        unit = Unit(
            id=new_uuid(),
            path=path_below(parent.path, parent.children_ever),
            kind=kind,
            name=name,
            parent=parent,
            since=LONG_AGO,
        )
        self.db.add(unit)
        self.db.flush()
        return unit

    def crowd(self, cell: Unit, size: int) -> list[User]:
        """So many members of the cell."""
        first = self.met
        self.met += size
        people = [self.world.person(f"Trần Thị Số {n}", cell) for n in range(first, self.met)]
        self.db.flush()
        return people

    def merge(self, act: Reorganization, cells: Sequence[Unit], into: Unit) -> None:
        """These cells end; their members and their place go to the other."""
        for cell in cells:
            self.end(cell)
            self.succeed(act, cell, into)
            self.send(act, dict.fromkeys(self.members(cell), into))

    def send(self, act: Reorganization, targets: Mapping[User, Unit]) -> None:
        """One collective transfer a person."""
        for person, unit in targets.items():
            left = self.db.scalars(
                select(Membership).where(
                    Membership.user_id == person.id, Membership.until.is_(None)
                )
            ).one()
            left.until = self.eve
            self.db.flush()
            begun = Membership(
                id=new_uuid(), user=person, cell=unit, standing=left.standing, since=self.day
            )
            self.db.add(
                Transfer(
                    id=new_uuid(),
                    left=left,
                    begun=begun,
                    origin=left.cell,
                    target=unit,
                    day=self.day,
                    reorganization_id=act.id,
                )
            )
            self.db.flush()

    def own_transfer(self, person: User, to: Unit) -> None:
        """The person goes to another cell alone."""
        act = self.act()
        self.send(act, {person: to})
        moved = self.db.scalars(select(Transfer).where(Transfer.reorganization_id == act.id)).one()
        moved.reorganization_id = None
        self.db.flush()

    def end(self, unit: Unit) -> None:
        """It was the unit's last day."""
        unit.until = self.eve
        self.db.flush()

    def succeed(self, act: Reorganization, before: Unit, *after: Unit) -> None:
        """The first takes the place; whoever the ended unit had succeeded comes along."""
        earlier = self.db.scalars(
            select(Succession.predecessor_id).where(Succession.successor_id == before.id)
        ).all()
        for place, unit in enumerate(after):
            for one in (before.id, *earlier):
                self.db.add(
                    Succession(
                        predecessor_id=one,
                        successor_id=unit.id,
                        reorganization_id=act.id,
                        is_direct=one == before.id,
                        is_main=place == 0,
                    )
                )
        self.db.flush()

    def move(self, act: Reorganization, unit: Unit, to: Unit) -> None:
        """The unit with all below it stands below another from today."""
        before = unit.path
        to.children_ever += 1
        after = path_below(to.path, to.children_ever)
        branch = self.db.scalars(select(Unit).where(Unit.path.startswith(before))).all()
        for one in branch:
            self._remember(act, one)
            one.path = after + one.path.removeprefix(before)
        unit.parent = to
        self.db.flush()

    def rename(self, act: Reorganization, unit: Unit, name: str) -> None:
        """The unit has another name from today."""
        self._remember(act, unit)
        unit.name = name
        self.db.flush()

    def members(self, cell: Unit) -> list[User]:
        """Who belongs to the cell now."""
        return list(
            self.db.scalars(
                select(User)
                .join(Membership, Membership.user_id == User.id)
                .where(Membership.cell_id == cell.id, Membership.until.is_(None))
            )
        )

    def _remember(self, act: Reorganization, unit: Unit) -> None:
        self.db.add(
            FormerPlace(
                id=new_uuid(),
                unit=unit,
                reorganization_id=act.id,
                until=self.eve,
                parent_id=unit.parent_id,
                path=unit.path,
                name=unit.name,
                short_name="",
            )
        )


def rows(db: Session, round_: StudyRound) -> dict[str, tuple[object, ...]]:
    """Everything the tallies of a round say, as the database has it."""
    db.flush()
    found = db.scalars(
        select(Tally).where(Tally.round_id == round_.id).execution_options(populate_existing=True)
    )
    return {
        tally.path: (
            tally.unit_id,
            tally.parent_path,
            tally.name,
            tally.kind,
            *(getattr(tally, measure.value) for measure in Measure),
        )
        for tally in found
    }


def places(db: Session, round_: StudyRound) -> dict[str, tuple[object, str]]:
    """Where each person is counted."""
    db.flush()
    found = db.execute(
        select(Summons.user_id, Summons.cell_id, Summons.cell_path).where(
            Summons.round_id == round_.id
        )
    )
    return {str(user): (cell, path) for user, cell, path in found}


def children_add_up(db: Session, round_: StudyRound) -> bool:
    """Whether every unit of the round above the cells is the sum of those below it."""
    tallies = db.scalars(
        select(Tally).where(Tally.round_id == round_.id).execution_options(populate_existing=True)
    ).all()
    return all(
        getattr(tally, measure.value)
        == sum(getattr(one, measure.value) for one in tallies if one.parent_path == tally.path)
        for tally in tallies
        for measure in Measure
        if tally.kind is not UnitKind.CELL
    )
