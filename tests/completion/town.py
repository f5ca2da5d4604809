"""Two cells in a round, the acts that change them, and the bridge in words."""

from datetime import timedelta

from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion import service
from studyhub.completion.bridges import Bridging
from studyhub.completion.rules import EssayMark
from studyhub.completion.tables import Table
from studyhub.completion.then_and_now import bridgings
from studyhub.org.models import Unit, UnitKind
from studyhub.org.queries import belonging
from studyhub.org.succession import Act
from studyhub.rounds.models import StudyRound
from tests.completion.acts import Office
from tests.world import NOW, TODAY, World


class Town:
    """Two cells of 14 and 7, of whom 5 and 3 are done, in a round that was opened yesterday."""

    def __init__(self, world: World) -> None:
        self.world, self.db, self.office = world, world.db, Office(world)
        self.a = self.office.found(world.district, "Chi bộ A")
        self.b = self.office.found(world.district, "Chi bộ B")
        self.of_a, self.of_b = self.office.crowd(self.a, 14), self.office.crowd(self.b, 7)
        self.round = self.summon([*self.of_a, *self.of_b])
        for person in (*self.of_a[:5], *self.of_b[:3]):
            self.finish(person)

    def summon(self, people: list[User]) -> StudyRound:
        round_ = self.world.round(summoned=people)
        round_.roster_on = TODAY - timedelta(days=7)
        self.db.flush()
        return round_

    def finish(self, person: User) -> None:
        service.mark(
            self.db, self.round.id, person.id, now=NOW, read=True, attended=True,
            essay=EssayMark.ACCEPTED,
        )  # fmt: skip

    def read(self) -> Bridging:
        self.db.flush()
        return bridgings(self.db, [self.round], today=TODAY)[self.round.id]

    def line(self, unit: Unit) -> tuple[str, str]:
        """The bridge of a unit, as it is said: of those required, of those done."""
        bridge = self.read().bridge(unit.id, unit.path, unit.kind)
        for parts, gone, told in (
            ([part.required for part in bridge.parts], bridge.gone_required, bridge.required),
            ([part.done for part in bridge.parts], bridge.gone_done, bridge.done),
        ):
            assert sum(parts) - gone == told
            assert gone >= 0
        asked = " + ".join(f"{part.name} {part.required}" for part in bridge.parts)
        done = " + ".join(str(part.done) for part in bridge.parts)
        return (
            f"{asked} - {bridge.gone_required} = {bridge.required}",
            f"{done} - {bridge.gone_done} = {bridge.done}",
        )

    def now(self, unit: Unit) -> dict[str, tuple[int, int]]:
        return figures(self.read().now(unit))

    def then(self, unit: Unit) -> dict[str, tuple[int, int]]:
        return figures(self.read().then(unit))


def figures(table: Table | None) -> dict[str, tuple[int, int]]:
    """What a table says: the unit and those below it, required and done."""
    if table is None:
        return {}
    told = {row.name: (row.required, row.done) for row in (table.whole, *table.below)}
    if table.below:
        assert sum(row.required for row in table.below) == table.whole.required
        assert sum(row.done for row in table.below) == table.whole.done
    return told


THEN = {"Đảng bộ Sở Mẫu": (21, 8), "Chi bộ A": (14, 5), "Chi bộ B": (7, 3)}


def merged(place: Town) -> None:
    place.office.merge(place.office.act(), [place.b], place.a)


def split(place: Town, *, goes_on: bool = False) -> tuple[Unit, Unit]:
    """The first ten of A go to one, the others to two; or, when A goes on, stay."""
    one = place.office.found(place.world.district, "Chi bộ Một")
    two = place.a if goes_on else place.office.found(place.world.district, "Chi bộ Hai")
    act = place.office.act(Act.SPLIT)
    place.office.send(act, dict.fromkeys(place.of_a[:10], one))
    if not goes_on:
        place.office.send(act, dict.fromkeys(place.of_a[10:], two))
        place.office.end(place.a)
        place.office.succeed(act, place.a, one, two)
    return one, two


def split_without(place: Town, gone: User) -> tuple[Unit, Unit]:
    """As `split`, when somebody had left alone before: with the main successor all the same."""
    place.of_a.remove(gone)
    one = place.office.found(place.world.district, "Chi bộ Một")
    two = place.office.found(place.world.district, "Chi bộ Hai")
    act = place.office.act(Act.SPLIT)
    place.office.send(act, dict.fromkeys(place.of_a[:9], one))
    place.office.send(act, dict.fromkeys(place.of_a[9:], two))
    place.office.end(place.a)
    place.office.succeed(act, place.a, one, two)
    return one, two


def sections(place: Town) -> tuple[Unit, Unit, Unit]:
    """A section with a cell of five, an empty one beside it; the round has the cell, too."""
    one = place.office.found(place.world.district, "Bộ phận Một", UnitKind.SECTION)
    two = place.office.found(place.world.district, "Bộ phận Hai", UnitKind.SECTION)
    cell = place.office.found(one, "Chi bộ C")
    other = place.office.found(two, "Chi bộ D")
    people = place.office.crowd(cell, 5)
    place.round = place.summon([*people, *place.office.crowd(other, 2), *place.of_a])
    place.finish(people[0])
    return one, two, cell


def now_of(db: Session, person: User) -> Unit:
    """The cell the person belongs to now."""
    return belonging(db, [person.id])[person.id].cell
