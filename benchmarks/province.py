"""A province for the measurements: communes, cells and members, without rounds."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks.town import people
from benchmarks.town.rows import Rows
from benchmarks.town.words import name as drawn_name
from studyhub.kernel.actor import Post
from studyhub.kernel.sqlite import WRITES


@dataclass(frozen=True)
class Size:
    """How large a province is."""

    members: int
    communes: int
    cells: int

    def __str__(self) -> str:
        return f"{self.members:,} members in {self.communes + self.cells + 1:,} units"


SEVERAL = (6, 20)
"""Besides the officers of one commune there is one for each of so many communes."""

SIZES = (Size(2_500, 9, 100), Size(25_000, 30, 900), Size(100_000, 99, 3_600))


def settle(engine: Engine, size: Size) -> None:
    """Fill an empty database: every commune has an officer, every cell two who lead it.

    A few have several communes: searching is dearest for them.
    """
    rows = Rows()
    root = people.unit(rows, None, "1/", "Đảng bộ tỉnh Mẫu", children=size.communes)
    people.appoint(rows, people.person(rows), root, Post.ADMIN)
    officers = {many: people.person(rows) for many in SEVERAL if many <= size.communes}
    cells = []
    for n in range(1, size.communes + 1):
        own = range(n - 1, size.cells, size.communes)
        name = f"Đảng bộ xã {drawn_name(rows.dice)}"
        commune = people.unit(rows, root, f"1/{n}/", name, children=len(own))
        people.appoint(rows, people.person(rows), commune, Post.OFFICER)
        for many, officer in officers.items():
            if n <= many:
                people.appoint(rows, officer, commune, Post.OFFICER)
        for place, number in enumerate(own, 1):
            name = f"Chi bộ thôn {number + 1}"
            cells.append(people.unit(rows, commune, f"1/{n}/{place}/", name))
    for n in range(size.members):
        people.member(rows, cells[n % size.cells], n // size.cells)
    with Session(engine) as db:
        db.connection(execution_options={WRITES: True})
        rows.insert(db)
        db.commit()
