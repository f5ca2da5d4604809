"""Reading and comparing for a page, while nobody waits; and how the outcome is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit
from studyhub.roster import sandbox, service
from studyhub.roster.columns import NAMES, Column, plain
from studyhub.roster.outcome import SHOWN, Figures, Outcome, Reading, Table
from studyhub.roster.plan import POSTS, STANDINGS, Plan
from studyhub.roster.sheets import Sheet
from studyhub.roster.waiting import Waiting
from studyhub.web.language import say
from studyhub.web.request import files
from studyhub.web.roster.asked import Asked
from studyhub.web.transaction import looking, set_aside

FEW = 1_000
"""So many rows are compared, and taken over, while the person waits; more are a job."""
SMALL = 400_000
"""In a larger file there are more, surely: it is not even opened first."""
SAMPLES = 3


@dataclass(frozen=True)
class DryRun:
    """A list that was read, and what taking it over would do, for a page."""

    unit_id: UnitId
    unit_name: str
    asked: Asked
    outcome: Outcome
    faulty: str = ""
    """Where the rows with errors are, once a job has put them into a file."""

    @classmethod
    def of(cls, unit: Unit, asked: Asked, outcome: Outcome, faulty: str = "") -> "DryRun":
        """With the columns as they were understood."""
        understood = asked.understood(outcome.columns, outcome.table.spot)
        return cls(unit.id, unit.name, understood, outcome, faulty)

    @property
    def table(self) -> Table:
        """The list itself."""
        return self.outcome.table

    @property
    def columns(self) -> Mapping[Column, int]:
        """Which column holds what."""
        return self.outcome.columns

    @property
    def lacking(self) -> Sequence[Column]:
        """The columns that are missing."""
        return self.outcome.lacking

    @property
    def plan(self) -> Plan | None:
        """What would be done; of a long list the first of each kind."""
        return self.outcome.plan

    @property
    def figures(self) -> Figures | None:
        """How many of each kind."""
        return self.outcome.figures

    @property
    def sealed(self) -> str:
        """The file, for the next step."""
        return self.asked.source.seal(self.unit_id)

    def heading(self, column: Column) -> str:
        """What the list itself calls the column."""
        place = self.columns.get(column, -1)
        return self.table.header[place] if 0 <= place < len(self.table.header) else NAMES[column]

    def samples(self, place: int) -> list[str]:
        """A few different values of a column, from its first rows."""
        filled = dict.fromkeys(row[place] for row in self.table.examples if place < len(row))
        return [value for value in filled if value][:SAMPLES]

    def holds(self, place: int) -> str:
        """What that column is taken for; "" when it is left aside."""
        return next((column.value for column, at in self.columns.items() if at == place), "")

    @property
    def width(self) -> range:
        """The places of the columns."""
        return range(len(self.table.header))

    @property
    def steps(self) -> dict[str, str]:
        """Where each button leads."""
        names = ("check", "change_columns", "download_faulty", "apply")
        return {name: url_for(f"roster.{name}", unit_id=self.unit_id) for name in names}


def read(unit_id: UUID, asked: Asked) -> Sheet:
    """The table in the file that waits; takes its time, and nobody waits for it.

    Of a long list no more rows than are needed to know that it is one.
    """
    known = []
    if asked.spot is None:
        with looking() as session:
            known = service.chosen(session, session.get_one(Unit, unit_id))
    with set_aside():
        data = Waiting.beside(files()).read(asked.source.key)
        return sandbox.read_safely(data, asked.spot, known, most=FEW + 1)


def read_if_few(unit_id: UUID, asked: Asked) -> Sheet | None:
    """The same, if there are so few rows that the rest can be done at once; else None."""
    if Waiting.beside(files()).size(asked.source.key) > SMALL:
        return None
    sheet = read(unit_id, asked)
    return sheet if are_few(sheet) else None


def are_few(sheet: Sheet) -> bool:
    """Whether the person may wait for it."""
    return len(sheet.rows) <= FEW


def dry_run(unit_id: UUID, asked: Asked, sheet: Sheet) -> DryRun:
    """Compare the list, without standing in the writers' line."""
    with looking() as session:
        return compared(session, session.get_one(Unit, unit_id), sheet, asked)


def uncompared(unit_id: UUID, asked: Asked, sheet: Sheet) -> DryRun:
    """Only what the columns of the list are taken for."""
    with looking() as session:
        unit = session.get_one(Unit, unit_id)
        reading = Reading(session, unit, sheet, asked.wish, compares=False)
        return DryRun.of(unit, asked, reading.uncompared())


def compared(session: Session, unit: Unit, sheet: Sheet, asked: Asked) -> DryRun:
    """What taking over this list would do, in this transaction."""
    return DryRun.of(unit, asked, Reading(session, unit, sheet, asked.wish).outcome(session))


def words() -> dict[str, object]:
    """What the templates of the room need besides."""
    return {
        "column_names": NAMES,
        "plain": plain,
        "most": SHOWN,
        "say": say,
        "standings": STANDINGS,
        "post_names": POSTS,
    }
