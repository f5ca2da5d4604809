"""A hall with many people of many cells."""

import pytest
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.bridges import planning
from studyhub.bridges.models import BridgePoint
from studyhub.bridges.planning import PointPlan
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Unit, UnitKind
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession
from tests.world import LONG_AGO, NOW, World


class Hall:
    """The district with more cells, and quick ways to plan a bridge point for them."""

    def __init__(self, db: Session, world: World) -> None:
        self.db, self.world = db, world
        self.cells: list[Unit] = []
        self.people: list[User] = []

    def fill(self, cells: int, people: int) -> None:
        """So many cells more, and so many members shared out among them."""
        for number in range(cells):
            cell = Unit(
                id=new_uuid(), path=f"1/{number + 10}/", kind=UnitKind.CELL,
                name=f"Chi bộ số {number + 1}", parent=self.world.district, since=LONG_AGO,
            )  # fmt: skip
            self.db.add(cell)
            self.cells.append(cell)
        self.db.flush()
        for number in range(people):
            cell = self.cells[number % cells]
            person = self.world.person(f"Trần Văn Hai{'h' * (number % 7)} {number:03}", cell)
            person.card_number = f"9{number:011}"
            person.email = f"p{number}@example.vn"
            self.people.append(person)
        self.db.flush()

    def point(
        self, session: StudySession, *cells: Unit, hall: str = "Nhà văn hóa", keeper: User
    ) -> BridgePoint:
        """A bridge point of the district."""
        plan = PointPlan(hall=hall, keeper=keeper, cells=[cell.id for cell in cells])
        return planning.plan(
            self.db, session, self.world.district, plan, by=self.world.actor(self.world.dung),
            now=NOW,
        )  # fmt: skip

    def round(self) -> StudyRound:
        """A round with all of them on its list."""
        return self.world.round(summoned=[*self.world.members()])


@pytest.fixture
def hall(db: Session, world: World) -> Hall:
    """The district as it is; `fill` makes it large."""
    return Hall(db, world)
